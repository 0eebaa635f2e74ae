"""The three-way merge of a step: what a page showed, what was typed on it and what stands saved by now."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fusion:
    """What to save, field by field, and what another tab or person did since the page was opened.

    `ajenos` are the fields changed elsewhere that the page did not touch, with what stands;
    `conflictos`, those touched in both places: what stands and what was typed. In `valores` a
    conflict keeps what stands.
    """

    valores: dict[str, str]
    ajenos: dict[str, str]
    conflictos: dict[str, tuple[str, str]]


def fundir(
    *, visto: Mapping[str, str] | None, escrito: Mapping[str, str], guardado: Mapping[str, str]
) -> Fusion:
    """Merge by field: only what the page touched is written, and never over what it did not see.

    A field that did not come was not touched. Without `visto` nobody knows what the page showed: all
    that came is taken as touched, and what did not come as left blank.
    """
    if visto is None:
        return Fusion({n: escrito.get(n, "") for n in guardado}, {}, {})
    base = {n: visto.get(n, esta) for n, esta in guardado.items()}
    tocados = {n: escrito[n] for n in guardado if escrito.get(n, base[n]) != base[n]}
    movidos = {n: esta for n, esta in guardado.items() if esta != base[n]}
    conflictos = {n: (movidos[n], t) for n, t in tocados.items() if n in movidos and t != movidos[n]}
    return Fusion(
        valores={n: tocados[n] if n in tocados and n not in conflictos else e for n, e in guardado.items()},
        ajenos={n: esta for n, esta in movidos.items() if n not in tocados},
        conflictos=conflictos,
    )
