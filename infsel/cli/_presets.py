"""infsel presets: the methods of the family, listed."""

import click

import infsel
from infsel.cli._show import print_table


@click.command(short_help="List the published and released methods.")
@click.option("--json", "as_json", is_flag=True, help="Print formulas, references and notes as JSON.")
def presets(as_json: bool) -> None:
    """List the published and released methods that InfFS.from_preset knows."""
    table = infsel.presets()
    if as_json:
        click.echo(table.to_json(orient="records", indent=2, force_ascii=False))
        return
    rows = table[["name", "parameters", "formula"]].astype(str).to_numpy().tolist()
    print_table(
        "InfFS.from_preset(name, **parameters)",
        ["preset", "parameters", "formula"],
        rows,
        "infsel presets --json adds references, notes on the releases, and costs.",
        align="left",
    )
