use decision::{Action, On};
use model::{Edit, Risk, ServerId, Tool, ToolId, ToolName, ToolState};
use serde_json::{Value, json};

use crate::servers::title::checked_title;
use crate::servers::{Definition, in_use};
use crate::{App, Changed, Error, Plan, Planning, Request};

/// A definition is read by people and kept for good: longer ones belong into documentation.
const DEFINITION_LIMIT: usize = 64 * 1024;

/// A tool to be entered by hand, for a server whose tools cannot be imported.
#[derive(Debug, Clone)]
pub struct NewTool {
    /// Its name, exactly as calls will name it.
    pub name: ToolName,
    /// A title for people; may be empty.
    pub title: String,
    /// What it does.
    pub description: Option<String>,
    /// JSON Schema of its arguments. None: anything.
    pub input_schema: Option<Value>,
    /// What it can do to the world.
    pub risk: Risk,
}

impl NewTool {
    /// The definition as the server would serve it.
    fn definition(&self) -> Result<Definition, Error> {
        let schema = self.input_schema.clone().unwrap_or_else(|| json!({"type": "object"}));
        if !schema.is_object() {
            return Err(Error::invalid("input_schema", "expected a JSON Schema, which is an object"));
        }
        let mut served = json!({"name": self.name, "inputSchema": schema});
        if let (Some(description), Some(parts)) = (&self.description, served.as_object_mut()) {
            parts.insert("description".to_owned(), Value::String(description.clone()));
        }
        if served.to_string().len() > DEFINITION_LIMIT {
            return Err(Error::invalid("input_schema", format!("at most {DEFINITION_LIMIT} bytes in all")));
        }
        Definition::of(&served).ok_or_else(|| Error::invalid("input_schema", "a number is out of range"))
    }
}

impl App {
    /// Enters a tool by hand. What a person wrote is reviewed by being written.
    pub async fn add_tool(
        &self,
        request: Request,
        server: ServerId,
        new: NewTool,
    ) -> Result<Changed<Tool>, Error> {
        let definition = new.definition()?;
        // A definition that no tool names is harmless; a tool whose definition is missing could not be reviewed.
        self.store.put_definition(request.organization, definition.hash, &definition.value).await?;
        self.change(request, |planning| add_tool(planning, server, new, &definition)).await
    }
}

/// Plans the tool under the lock.
pub fn add_tool(
    planning: &Planning<'_>,
    server: ServerId,
    new: NewTool,
    definition: &Definition,
) -> Result<Plan<Tool>, Error> {
    let permit = planning.permit(Action::ToolAdd, On::Server(server))?;
    in_use(planning, server)?;
    if planning.facts.tool_by_name(server, new.name.as_str()).is_some() {
        let detail = format!("the server has a tool `{}` already", new.name);
        return Err(Error::Conflict { code: "taken", detail });
    }
    let tool = Tool {
        id: ToolId::draw(planning.now, &mut planning.entropy()),
        server,
        name: new.name,
        title: checked_title(&new.title)?,
        risk: new.risk,
        definition: definition.hash,
        reviewed: Some(definition.hash),
        state: ToolState::Offered,
    };
    Ok(Plan::new(permit, vec![Edit::create(tool.clone())], tool))
}
