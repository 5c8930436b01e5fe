"""The next command, as a shell takes it, with the options that said how to read the table."""

from __future__ import annotations

import shlex
from typing import Any

import click
from click.core import ParameterSource

from infsel._runtime.text import printable


def again(ctx: click.Context, command: click.Command, *more: Any) -> str:
    """Another command on the same table: its options that were given to this one, and more."""
    words: list[Any] = ["infsel", command.name]
    for parameter in command.params:
        name = str(parameter.name)
        if name in _OWN or name not in ctx.params or ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        values = ctx.params[name] if parameter.multiple else [ctx.params[name]]
        for value in values:
            words += _words(parameter, value)
    return printable(shlex.join(map(str, [*words, *more])))


_OWN = {"output", "as_json", "top", "name"}  # of the command that they were given to


def _words(parameter: click.Parameter, value: Any) -> list[Any]:
    if isinstance(parameter, click.Argument):
        return [value]
    flag = isinstance(parameter, click.Option) and (parameter.is_flag or parameter.flag_value is False)
    return [parameter.opts[-1]] if flag else [parameter.opts[-1], value]
