"""Language packs: one TOML file a language in `etl/languages/`, found by name, checked key by key when loaded.

A section of a pack is a frozen dataclass here; its fields are the keys that the file may hold. An unknown key, a
missing key or a value of the wrong type is a `ConfigurationError` that names file, key and value.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import tomllib
import types
import typing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tracker.errors import ConfigurationError, UsageError

LANGUAGES = Path(__file__).resolve().parent / "languages"

T = TypeVar("T")
Words = tuple[str, ...]
Table = dict[str, Words]
"""A table of lists: what the words mean -> the words."""


@dataclass(frozen=True)
class Sentences:
    """Where sentences end."""

    abbreviations: Words = ()
    """Words that a full stop follows without ending the sentence, without their stop: `Mr`, `Gen`, `approx`."""


@dataclass(frozen=True)
class StageWords:
    """Cues of stage, modality, aggregation and topic (`etl/extract/stages.py`)."""


@dataclass(frozen=True)
class RoleWords:
    """Cues of who does what to whom (`etl/extract/roles.py`)."""


@dataclass(frozen=True)
class DateWords:
    """Words of time (`etl/extract/dates.py`)."""


@dataclass(frozen=True)
class LinkWords:
    """Cues that one figure says another again or adds others up (`etl/extract/links.py`)."""


@dataclass(frozen=True)
class Example:
    """A text and what a rule must read in it, or must not."""

    rule: str
    """The rule that the example belongs to, such as `en.stage.delivery`."""
    text: str
    quote: str = ""
    """The number concerned, as printed; where it occurs twice, the first."""
    want: dict[str, str] = field(default_factory=dict)
    """Fields of the claim and their values, an empty string for none."""
    screened: str = ""
    """The reason for which the quote is set aside."""
    absent: bool = False
    """The quote is neither a claim nor screened."""
    published: str = "2024-06-12"


@dataclass(frozen=True)
class Pack:
    """Everything that the extractor knows of one language."""

    code: str
    """ISO 639-1."""
    name: str
    sentences: Sentences = field(default_factory=Sentences)
    stages: StageWords = field(default_factory=StageWords)
    roles: RoleWords = field(default_factory=RoleWords)
    dates: DateWords = field(default_factory=DateWords)
    links: LinkWords = field(default_factory=LinkWords)
    example: tuple[Example, ...] = ()


def build_record(record: type[T], table: dict[str, Any], where: str) -> T:
    """The dataclass `record` made of a TOML table; `where` names file and section in errors."""
    hints = typing.get_type_hints(record)
    fields = dataclasses.fields(record)  # type: ignore[arg-type]
    for key in table:
        if key not in hints:
            raise ConfigurationError(f"{where}: unknown key {key!r}; known keys are {', '.join(sorted(hints))}")
    values = {}
    for item in fields:
        if item.name in table:
            values[item.name] = _convert(hints[item.name], table[item.name], f"{where}.{item.name}")
        elif item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING:
            raise ConfigurationError(f"{where}: the key {item.name!r} is missing")
    return record(**values)


def _convert(hint: Any, value: Any, where: str) -> Any:
    """`value` as the type that `hint` asks for: tuples of lists, dicts of tables, records of tables, plain values."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(hint, types.UnionType):
        inner = next(a for a in arguments if a is not type(None))
        return _convert(inner, value, where)
    if origin is tuple and isinstance(value, list):
        if arguments[-1] is not Ellipsis:
            _expect(len(value) == len(arguments), where, value, f"a list of {len(arguments)}")
            return tuple(_convert(a, v, where) for a, v in zip(arguments, value, strict=True))
        return tuple(_convert(arguments[0], item, f"{where}[{number}]") for number, item in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {key: _convert(arguments[1], item, f"{where}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return build_record(typing.cast("type[Any]", hint), value, where)
    if origin is None and isinstance(hint, type) and isinstance(value, hint):
        _expect(not (hint is int and isinstance(value, bool)), where, value, "a whole number")
        return value
    _expect(False, where, value, str(getattr(hint, "__name__", hint)))
    return None


def _expect(condition: bool, where: str, value: Any, wanted: str) -> None:
    if not condition:
        raise ConfigurationError(f"{where}: {value!r} is not {wanted}")


@functools.cache
def available_languages() -> tuple[str, ...]:
    """The codes of the languages that have a pack, in alphabetical order."""
    return tuple(sorted(path.stem for path in LANGUAGES.glob("*.toml")))


@functools.cache
def load_pack(code: str) -> Pack:
    """The pack of a language; UsageError where there is none, ConfigurationError where its file is wrong."""
    if code not in available_languages():
        known = ", ".join(available_languages())
        raise UsageError(f"language: {code!r} has no language pack; use one of {known}")
    path = LANGUAGES / f"{code}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path.name}: {error}") from error
    pack = build_record(Pack, table, path.name)
    if pack.code != code:
        raise ConfigurationError(f"{path.name}.code: {pack.code!r} differs from the file's name")
    return pack


@functools.cache
def packs_hash() -> str:
    """SHA-256 (hex) over all packs, kept with each run so that a claim names the rules that read it."""
    digest = hashlib.sha256()
    for code in available_languages():
        digest.update(code.encode())
        digest.update((LANGUAGES / f"{code}.toml").read_bytes())
    return digest.hexdigest()
