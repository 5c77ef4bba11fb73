//! What there is beside somebody who may do little, and the forms that those who may do more send about it.

use serde_json::json;

use super::offered::Attempt;
use crate::world::{Acting, Scene, text};

/// Somebody else's agent, and what belongs to the organization.
pub(super) struct Others {
    pub(super) acting: Acting,
    pub(super) robot: String,
    robot_name: String,
    pub(super) gateway: String,
    gateway_name: String,
    pub(super) tool: String,
    role_name: String,
}

impl Others {
    /// In the workspace of a scene.
    pub(super) async fn of(scene: &Scene<'_>) -> Self {
        let world = scene.world;
        let name = async |thing: &str, id: &str| text(&world.get(&format!("{thing}/{id}")).await, "name");
        let acting = scene.bystander().await;
        let robot = scene.robot().await.0;
        let gateway = world.gateway(&json!({})).await.0;
        let tools = world.list(&format!("servers/{}/tools", scene.server)).await;
        Self {
            acting,
            robot_name: name("robots", &robot).await,
            robot,
            gateway_name: name("gateways", &gateway).await,
            gateway,
            tool: text(&tools[0], "id"),
            role_name: name("roles", &scene.role).await,
        }
    }

    /// Forms about what every member may know of. `me` sends them.
    pub(super) fn open(&self, scene: &Scene<'_>, me: &str, slip: &str) -> Vec<Attempt> {
        let mut all = self.of_people(me, slip);
        all.extend(self.of_robots());
        all.extend(self.of_tools(scene));
        all.extend(self.of_places(scene, me));
        all.extend(of_sign_in(me, slip));
        all
    }

    fn of_people(&self, me: &str, slip: &str) -> Vec<Attempt> {
        let person = format!("people/{}", self.acting.owner);
        let invited = [("role", "member"), ("days", "7"), ("slip", slip)];
        vec![
            form("people/new", &[("name", "Mine"), ("role", "member")], "member.add"),
            form("people/invite", &invited, "member_invitation.create"),
            form(&format!("people/{me}/role"), &[("role", "admin")], "member.update"),
            form(&format!("{person}/role"), &[("role", "guest")], "member.update"),
            form(&format!("{person}/suspend"), &[("reason", "Mine")], "member.suspend"),
            form(&format!("{person}/remove"), &[("agents", "nobody")], "member.remove"),
            form(&format!("{person}/hand-over"), &[("to", me)], "member.hand_over"),
            form(&format!("{person}/sessions/end"), &[("reason", "Mine")], "member.sign_out"),
            form("keys/rotate", &[("grace", "900"), ("slip", slip)], "key.rotate_many"),
            form("onboarding/dismiss", &[], "organization.update"),
            form(
                "audit/saved",
                &[("q", "decision:deny"), ("name", "Mine"), ("shared", "yes")],
                "saved_query.share",
            ),
        ]
    }

    fn of_robots(&self) -> Vec<Attempt> {
        let robot = format!("robots/{}", self.robot);
        vec![
            form("robots/new", &[("name", "Mine")], "robot.create"),
            form(&format!("{robot}/edit"), &[("name", "Mine")], "robot.update"),
            form(&format!("{robot}/pause"), &[("reason", "Mine")], "robot.pause"),
            form(&format!("{robot}/delete"), &[("confirm", &self.robot_name)], "robot.delete"),
        ]
    }

    fn of_tools(&self, scene: &Scene<'_>) -> Vec<Attempt> {
        let (server, role) = (format!("servers/{}", scene.server), format!("roles/{}", scene.role));
        let cell = format!("{}/{}", scene.role, self.tool);
        let grant = [("server", scene.server_id.as_str()), ("tools", "*"), ("act", "save")];
        vec![
            form("servers/new", &[("name", "Mine"), ("slug", "mine")], "server.create"),
            form(&format!("{server}/edit"), &[("name", "Mine")], "server.update"),
            form(&format!("{server}/remove"), &[("confirm", &scene.server)], "server.remove"),
            form(&format!("{server}/tools/new"), &[("name", "mine")], "tool.add"),
            form(&format!("{server}/tools/{}", self.tool), &[("title", "Mine")], "tool.update"),
            form(&format!("{server}/grants"), &[("on", &cell)], "server.grants"),
            form(&format!("{server}/grants/save"), &[("add", &cell)], "server.grants"),
            form("roles/new", &[("name", "Mine")], "role.create"),
            form(&format!("{role}/edit"), &[("name", "Mine")], "role.update"),
            form(&format!("{role}/remove"), &[("confirm", &self.role_name)], "role.remove"),
            form(&format!("{role}/grants/new"), &grant, "grant.add"),
        ]
    }

    fn of_places(&self, scene: &Scene<'_>, me: &str) -> Vec<Attempt> {
        let place = format!("workspaces/{}", scene.workspace_slug);
        let narrow = format!("agents/{}/narrow/{}", scene.acting.agent, scene.workspace_slug);
        let (take_out, detach) = (
            format!("{place}/members/{}/remove", self.acting.owner),
            format!("{place}/servers/{}/detach", scene.server_id),
        );
        let placed = [("person", me), ("role", &scene.role)];
        vec![
            form("workspaces/new", &[("name", "Mine"), ("slug", "mine")], "workspace.create"),
            form(&format!("{place}/rules"), &[("name", "Mine")], "workspace.update"),
            form(&format!("{place}/add"), &placed, "workspace_membership.add"),
            form(&take_out, &[], "workspace_membership.remove"),
            form(&format!("{place}/servers"), &[("server", &scene.server_id)], "attachment.add"),
            form(&detach, &[], "attachment.remove"),
            form(&narrow, &[("blocked", "yes")], "override.put"),
        ]
    }

    /// Forms about what members may not even know of, and auditors read.
    pub(super) fn hidden(&self, scene: &Scene<'_>, me: &str, slip: &str) -> Vec<Attempt> {
        let agent = format!("agents/{}", self.acting.agent);
        let key = format!("keys/{}", self.acting.key.id);
        let gateway = format!("gateways/{}", self.gateway);
        let danger = "settings/danger";
        let made = [("name", "Mine"), ("days", "30"), ("slip", slip)];
        vec![
            form(&format!("{agent}/pause"), &[("reason", "Mine")], "agent.pause"),
            form(&format!("{agent}/edit"), &[("name", "Mine")], "agent.update"),
            form(&format!("{agent}/scope"), &[], "agent.scope"),
            form(&format!("{agent}/hand-over"), &[("to", me)], "agent.hand_over"),
            form(&format!("{agent}/rotate"), &made, "key.rotate"),
            form(
                &format!("{agent}/revoke"),
                &[("reason", "Mine"), ("confirm", &self.acting.agent_name)],
                "agent.revoke",
            ),
            form(&format!("keys/new?agent={}", self.acting.agent), &made, "key.create"),
            form(&format!("{key}/rotate"), &made, "key.rotate"),
            form(&format!("{key}/revoke"), &[("reason", "Mine")], "key.revoke"),
            form(&format!("{key}/limits"), &[("name", "Mine")], "key.update"),
            form("gateways/new", &made, "gateway.create"),
            form(&format!("{gateway}/edit"), &[("name", "Mine")], "gateway.update"),
            form(&format!("{gateway}/pause"), &[("reason", "Mine")], "gateway.pause"),
            form(
                &format!("{gateway}/revoke"),
                &[("reason", "Mine"), ("confirm", &self.gateway_name)],
                "gateway.revoke",
            ),
            form("settings/general", &[("name", "Mine")], "organization.update"),
            form(&format!("{danger}/stop"), &[("reason", "Mine")], "organization.stop_agents"),
            form(
                &format!("{danger}/delete"),
                &[("reason", "Mine"), ("confirm", &scene.world.organization)],
                "organization.delete",
            ),
            form(&format!("{danger}/copy"), &[("reason", "Mine")], "organization.export"),
            form(&format!("{danger}/transfer"), &[("to", me)], "member.update"),
        ]
    }
}

fn of_sign_in(me: &str, slip: &str) -> Vec<Attempt> {
    let at = "settings/sign-in";
    let provider = [
        ("name", "Mine"),
        ("issuer", "https://login.mine.example"),
        ("client_id", "mine"),
        ("client_authentication", "basic"),
    ];
    let transmitter = [
        ("name", "Mine"),
        ("issuer", "https://login.mine.example"),
        ("audience", "https://mine.example"),
        ("jwks_url", "https://login.mine.example/keys"),
        ("delivery", "push"),
        ("slip", slip),
    ];
    vec![
        form(&format!("{at}/connections/new"), &provider, "connection.create"),
        form(&format!("{at}/domains/new"), &[("name", "mine.example")], "domain.add"),
        form(&format!("{at}/break-glass"), &[("user", me)], "break_glass.add"),
        form("settings/signals/new", &transmitter, "signal_stream.create"),
    ]
}

/// A form that no page offers to who sends it.
fn form(path: &str, fields: &[(&'static str, &str)], action: &'static str) -> Attempt {
    let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Attempt { path: path.to_owned(), fields, action }
}
