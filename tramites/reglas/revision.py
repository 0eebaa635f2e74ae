"""Who reviews, what is judged already and what is missing to decide (matriz.md §2, §5)."""

from typing import Any

from cuentas.models import Usuario
from tramites.definicion import etiqueta, orden
from tramites.models import Gestion, Resultado, Veredicto

from .permisos import PAPELES, papeles_con, tiene_papel

# Who takes may review.
REVISORES = tuple(papel for papel, letra in PAPELES.items() if letra in papeles_con("tomar"))


def puede_revisar(gestion: Gestion, persona: Usuario) -> bool:
    """Active staff that review, and not the owner's own CUI (matriz.md §2).

    «Presente» (matriz.md §5) is to be active: docs/decisiones/0008-presente-es-activo.md.
    """
    return persona.is_active and tiene_papel(persona, "tomar") and persona.cui != gestion.titular_cui


def veredictos_de(gestion: Gestion) -> Any:
    """The verdicts of the current round."""
    return Veredicto.objects.filter(gestion=gestion, ronda=gestion.ronda).prefetch_related(
        "archivos", "vistos"
    )


def ya_verificados(gestion: Gestion) -> frozenset[int]:
    """Renglones verified in the round before and unchanged since (calificación única, Decreto 5-2021)."""
    ultimo = gestion.ultimo_envio
    if ultimo is None or ultimo.ronda == 1:
        return frozenset()
    anteriores = (v for v in gestion.suyos("veredictos") if v.ronda == ultimo.ronda - 1)
    verificados = {v.renglon for v in anteriores if v.renglon and v.resultado == Resultado.VERIFICADO}
    return frozenset(
        verificados - {d.renglon for d in gestion.suyos("documentos") if d.envio_id == ultimo.pk}
    )


def sin_revisar(gestion: Gestion, veredictos: list[Veredicto]) -> list[int]:
    """Compulsory renglones, and optional ones with files, without a verdict of what they hold now."""
    cuentan = gestion.documentos_que_cuentan
    juzgados = {v.renglon for v in veredictos if v.cubre(cuentan)}
    if any(v.paso and v.resultado == Resultado.OBSERVADO for v in veredictos):
        juzgados.add(gestion.definicion.renglon_formulario)  # observed with the step (matriz.md §5)
    return sorted(gestion.por_juzgar - juzgados, key=orden)


def impide_observar(gestion: Gestion, veredictos: list[Veredicto]) -> str:
    """What stands in the way of a previo, in words; empty when nothing does (T2)."""
    if faltan := sin_revisar(gestion, veredictos):
        return f"Falta revisar: {', '.join(map(etiqueta, faltan))}."
    return "" if hay_observado(veredictos) else "Marque «Con observación» en al menos un documento o paso."


def sin_verificar(gestion: Gestion, veredictos: list[Veredicto]) -> list[int]:
    """Compulsory renglones, and those with files, that are not «Verificado» as they stand now."""
    cuentan = gestion.documentos_que_cuentan
    verificados = {v.renglon for v in veredictos if v.resultado == Resultado.VERIFICADO and v.cubre(cuentan)}
    return sorted(gestion.por_juzgar - verificados, key=orden)


def impide_admitir(gestion: Gestion, veredictos: list[Veredicto]) -> str:
    """What stands in the way of admitting, in words; empty when nothing does (T4)."""
    if faltan := sin_verificar(gestion, veredictos):
        return f"No se puede admitir: {', '.join(map(etiqueta, faltan))} sin «Verificado»."
    return (
        "No se puede admitir: hay un paso o documento «Con observación»." if hay_observado(veredictos) else ""
    )


def hay_observado(veredictos: list[Veredicto]) -> bool:
    """Whether some verdict is «Con observación»."""
    return any(v.resultado == Resultado.OBSERVADO for v in veredictos)
