//! What the store promises, asked of SQLite and of PostgreSQL alike.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

mod beside;
mod break_glass;
mod calls;
mod decisions;
mod edits;
mod evidence;
mod history;
mod isolation;
mod place;
mod schema;
mod sealing;
mod searching;
mod session_tokens;
mod sessions;
mod sign_in;
mod signals;
mod summary;
mod tenants;
mod trouble;
mod world;
mod writing;

/// Each check, run on each database.
macro_rules! on_both {
    ($($module:ident: $($check:ident),+;)+) => {
        mod sqlite {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    crate::$module::$check(&crate::place::Place::sqlite().await).await;
                }
            )+)+
        }

        mod postgres {
            $($(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $check() {
                    crate::$module::$check(&crate::place::Place::postgres().await).await;
                }
            )+)+
        }
    };
}

on_both! {
    history: rebuilding_equals_folding_at_every_revision, changes_come_in_whole_revisions, changes_are_found_by_filter,
        changes_are_found_by_who_answered;
    writing: concurrent_writers_get_consecutive_revisions, a_permit_fits_one_organization_at_one_revision,
        a_rolled_back_transaction_leaves_nothing, a_cascade_is_written_whole_or_not_at_all,
        two_decisions_are_written_together_or_not_at_all,
        what_is_taken_is_told_by_a_stable_word, an_agent_is_never_left_without_an_owner,
        an_edit_of_something_else_is_refused, nothing_to_write_leaves_the_revision;
    tenants: names_are_compared_exactly, organizations_are_found_by_what_leads_to_them,
        an_organization_cannot_rename_a_person_for_others, one_tenant_is_never_shown_another;
    evidence: a_record_comes_back_as_it_was, history_survives_renaming_and_deletion, uses_are_counted_exactly,
        a_repeated_append_is_recorded_once, a_guests_call_is_evidence_for_both_organizations,
        the_audit_view_follows_the_convention, moments_keep_their_microseconds;
    summary: pictures_are_the_records_however_far_they_are_summed, what_is_too_much_to_count_is_said;
    decisions: filters_leave_what_they_say, pages_join_to_the_whole;
    searching: what_is_counted_is_what_is_found, a_span_is_its_ends, changes_are_searched_and_secrets_are_not,
        changes_are_counted_as_they_are_found, a_file_is_known_by_the_record_of_its_taking,
        queries_are_kept_by_whom_they_are;
    beside: usage_only_moves_forward, only_who_may_ask_is_silent, definitions_are_kept_by_digest, answers_are_remembered_and_forgotten;
    sealing: a_secret_opens_where_it_was_sealed_and_nowhere_else,
        the_key_encryption_key_turns_without_rewriting_what_is_sealed, a_destroyed_data_key_destroys_the_secrets;
    sessions: a_session_is_found_by_its_hash_and_ends, sessions_end_by_provider_and_by_time, a_link_is_used_once,
        who_loses_a_membership_is_signed_out_with_it,
        an_organization_sees_and_ends_its_own_part_of_a_session;
    break_glass: who_could_come_in_past_a_provider_is_known_under_the_lock,
        of_two_ways_that_are_taken_away_at_once_one_stays;
    session_tokens: what_a_provider_gave_ends_with_its_session,
        a_provider_is_asked_again_by_one_node_about_what_is_in_use,
        what_is_left_of_a_session_waits_until_its_provider_was_told,
        what_is_left_of_a_session_is_told_a_little_later;
    sign_in: a_proven_domain_is_one_organizations, an_identity_stays_whose_it_is, what_counts_once_counts_once,
        a_request_is_one_and_is_forgotten_when_it_is_answered, it_is_told_once_that_somebody_asks;
    signals: a_stream_is_asked_by_one_node_when_it_is_due, a_transmitters_token_is_its_organizations;
    schema: the_schema_is_the_committed_one, migrating_twice_changes_nothing;
    trouble: a_place_that_cannot_be_used_is_said_so;
}
