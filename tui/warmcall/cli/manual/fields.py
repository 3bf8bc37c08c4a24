"""The fields of YAML files that users write, from the structs that read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import inspect

from warmcall.cli.manual.blocks import Entries


def fields_of(
    kind: type[msgspec.Struct], about: Mapping[str, str], names: Mapping[str, str] | None = None
) -> Entries:
    """Return an entry for each field of a struct: its name in the file, what it may be, and what it is for.

    `about` has the words for each field by its name in the file, and for no other; `names` has the names of
    fields that are called otherwise in the file.

    Raises:
        ValueError: if `about` has not just the fields that are there.
    """
    found = inspect.type_info(kind)
    if not isinstance(found, inspect.StructType):
        raise TypeError(kind)
    fields = {(names or {}).get(field.name, field.encode_name): field for field in found.fields}
    if fields.keys() != about.keys():
        raise ValueError(f"{kind.__name__} has other fields: {sorted(fields.keys() ^ about.keys())}")
    return Entries(tuple((name, f"{about[name]}. {_value_words(field)}") for name, field in fields.items()))


def _value_words(field: inspect.Field) -> str:
    """Return what a field may be: "Needed: a text", "A whole number, 1 to 100; 1 without it"."""
    words = " or ".join(dict.fromkeys(_type_words(field.type)))
    if field.required:
        return f"Needed: {words}"
    default = field.default
    if not isinstance(default, str | int) or default == "":
        return _capital(words)
    shown = str(default).lower() if isinstance(default, bool) else str(default)
    return f"{_capital(words)}; {shown} without it"


def _type_words(type_: inspect.Type) -> Iterator[str]:
    """Yield the kinds of values that a field takes."""
    match type_:
        case inspect.UnionType():
            for part in type_.types:
                yield from _type_words(part)
        case inspect.NoneType():
            return
        case inspect.StrType(max_length=int() as most):
            yield f"a text of at most {most} characters"
        case inspect.StrType():
            yield "a text"
        case inspect.BoolType():
            yield "true or false"
        case inspect.IntType(ge=int() as least, le=int() as most):
            yield f"a whole number, {least} to {most}"
        case inspect.IntType():
            yield "a whole number"
        case inspect.EnumType():
            yield f"one of {', '.join(str(member.value) for member in type_.cls)}"
        case inspect.VarTupleType() if isinstance(type_.item_type, inspect.EnumType):
            yield f"a list of some of {', '.join(str(member.value) for member in type_.item_type.cls)}"
        case inspect.VarTupleType() if isinstance(type_.item_type, inspect.StrType):
            yield "a list of texts"
        case inspect.VarTupleType():
            yield "a list, each with the fields below"
        case inspect.DictType():
            yield "names, each with the fields below"
        case inspect.StructType():
            yield "the fields below"
        case _:
            raise TypeError(type_)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
