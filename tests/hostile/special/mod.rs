//! Cases that need more than one address or another way to look at what came.

mod article;
mod many;
mod memory;
mod output;

use super::world::World;

/// Runs the test of that name.
pub(crate) async fn run(name: &str, world: &World) -> Result<(), String> {
    match name {
        "same-address-once" => many::same_address_once(world).await,
        "other-address-kept" => many::other_address_kept(world).await,
        "slow-hosts-hold-up-none" => many::slow_hosts_hold_up_none(world).await,
        "retry-after-holds-the-host" => many::retry_after_holds_the_host(world).await,
        "crawl-delay-spaces-requests" => many::crawl_delay_spaces_requests(world).await,
        "crawl-delay-of-a-day-is-capped" => many::crawl_delay_of_a_day_is_capped(world).await,
        "host-by-host" => many::host_by_host(world).await,
        "one-machine-many-names" => many::one_machine_many_names(world).await,
        "pause-follows-latency" => many::pause_follows_latency(world).await,
        "terminal-controls" => output::terminal_controls(world).await,
        "spreadsheet-formulas" => output::spreadsheet_formulas(world).await,
        "markup-in-titles" => output::markup_in_titles(world).await,
        "markup-in-addresses" => output::markup_in_addresses(world).await,
        "forged-lines" => output::forged_lines(world).await,
        "credentials" => output::credentials(world).await,
        "interrupted" => output::interrupted(world).await,
        "repaired-addresses" => article::repaired_addresses(),
        "confirmed-failures" => article::confirmed_failures(),
        "memory-of-one-run" => memory::of_one_run(world).await,
        _ => Err(format!("no test `{name}`")),
    }
}

/// Fails with what came instead, unless `holds`.
pub(crate) fn demand(holds: bool, came: impl Into<String>) -> Result<(), String> {
    if holds { Ok(()) } else { Err(came.into()) }
}
