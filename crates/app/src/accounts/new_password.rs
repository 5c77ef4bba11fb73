use model::UserId;
use store::{Account, StoreError};
use zeroize::Zeroizing;

use super::password::normal;
use super::{hashing, rules};
use crate::plan::Checks;
use crate::{App, Error, FieldError};

impl App {
    /// Sets a person's password and the name that they sign in by.
    pub async fn set_password(
        &self,
        user: UserId,
        login: &str,
        password: Zeroizing<String>,
    ) -> Result<(), Error> {
        let login = normal(login);
        let name = self.store.user(user).await?.map(|person| person.name.to_string()).unwrap_or_default();
        let mut checks = Checks::default();
        if login.is_empty() || login.chars().any(char::is_whitespace) {
            checks.wrong("login", "enter a name to sign in by, such as your work e-mail; no spaces");
        }
        if let Some(objection) = rules::objection(&password, &[&name, &login]) {
            checks.wrong("password", objection);
        }
        checks.done()?;
        if self.breaches.know(&self.egress, &password).await {
            let reason = "this one is on lists of leaked passwords, which are tried first; use another";
            return Err(Error::invalid("password", reason));
        }
        let world = self.engine.world();
        let hash = hashing::hash(password, &mut world.entropy()).await?;
        let account = Account { user, login, password: hash };
        match self.store.put_account(&account, world.now()).await {
            Err(StoreError::Conflict { what }) if what == "login" => Err(Error::Invalid(vec![FieldError {
                field: "login".to_owned(),
                reason: "somebody signs in by this name already; use another".to_owned(),
            }])),
            other => Ok(other?),
        }
    }
}
