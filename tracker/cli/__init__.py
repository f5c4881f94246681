"""The command line: finds the command files, joins them, and holds the one error handler.

A file in `tracker/cli/commands/` is a command group: it has `app` (a `typer.Typer`), `ORDER` (its place in the help)
and `PANEL` (the heading it stands under).
An app with a name becomes `tracker NAME ...`; one without adds its commands to the top level.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from tracker.cli import commands
from tracker.errors import TrackerError

HELP = """Turns articles about arms procurement and military aid into claims that can be traced, queried and exported.

[bold]tracker ingest articles/[/]  then  [bold]tracker claims[/],  [bold]tracker report[/]  or  [bold]tracker export claims.csv[/]

The database is --database URL, else the environment variable TRACKER_DATABASE_URL, else tracker.sqlite3 here.
"""

_OPTIONS = re.compile(r"'(--?[\w-]+)'")


def build_app() -> typer.Typer:
    """The whole command line, made of every file in `tracker/cli/commands/`."""
    app = typer.Typer(
        name="tracker",
        help=HELP,
        rich_markup_mode="rich",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(root)
    modules = [importlib.import_module(f"{commands.__name__}.{name}") for name in _command_files()]
    for module in sorted(modules, key=lambda module: module.ORDER):
        app.add_typer(module.app, rich_help_panel=module.PANEL)
    return app


def _command_files() -> list[str]:
    return [found.name for found in pkgutil.iter_modules(commands.__path__)]


def _print_version(wanted: bool) -> None:
    if wanted:
        from tracker import __version__

        print(f"tracker {__version__}")
        raise typer.Exit


def root(
    context: typer.Context,
    database: Annotated[
        str | None, typer.Option(metavar="URL", help="Database for the command; may also follow the command.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Keeps the options that stand before the command."""
    context.obj = {"database": database}


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and leaves with its exit code: 0, 1 where it failed, 2 where the request was wrong."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # --debug may stand anywhere before `--`, as one adds it to the end of the line that has just failed
    debug = "--debug" in given[: given.index("--") if "--" in given else len(given)]
    if debug:
        given = ["--debug", *(argument for argument in given if argument != "--debug")]
    sys.exit(_run(given, debug))


def _run(given: list[str], debug: bool) -> int:
    try:
        code = build_app()(given, prog_name="tracker", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except TrackerError as error:
        return _fail(str(error), error.exit_code, debug)
    except TyperException as error:
        return _fail(_name_value(error.format_message(), given), error.exit_code, debug)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("interrupted; what is stored stays, and the same command goes on from there", 130, debug)
    except BrokenPipeError:  # the reader of the output left, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        name = type(error).__name__
        return _fail(f"{name}: {error} (a fault of the tracker; --debug shows the traceback)", 1, debug)


def _name_value(message: str, given: Sequence[str]) -> str:
    """The message about an option with the value that was given, which the check of numbers leaves out."""
    message = message.replace("Value error, ", "")
    names = _OPTIONS.findall(message.partition(":")[0])
    for argument, following in zip(given, (*given[1:], ""), strict=True):
        name, sign, joined = argument.partition("=")
        value = joined if sign else following
        if name in names and repr(value) not in message:
            return message.replace("Invalid value", f"Invalid value {value!r}", 1)
    return message


def _fail(message: str, code: int, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    line = " ".join(message.split()) or "failed without a message"
    print(f"error: {line}", file=sys.stderr)
    return code
