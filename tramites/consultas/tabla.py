"""The documents' table of step 6: each renglón, its files and what may be done with them. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..definicion import Renglon
from ..models import CasoDePrevio, Documento, Gestion
from ..reglas.correccion import Correccion


@dataclass(frozen=True, kw_only=True)
class Fila:
    """A row of step 6: the renglón, its files, and what its owner may do with them.

    `anteriores` are of an older printed form; `casos` say what to correct; `por_firmar`, that the
    form must be signed again because of an observed step; `falta`, that nothing new came yet;
    `observados` are the files it speaks of that still stand.
    """

    renglon: Renglon
    archivos: tuple[Documento, ...]
    anteriores: frozenset[UUID]
    verificados: frozenset[UUID]
    eliminables: frozenset[UUID]
    observados: frozenset[UUID]
    casos: tuple[CasoDePrevio, ...]
    abierto: bool
    por_firmar: bool
    falta: bool

    @property
    def al_dia(self) -> bool:
        """Whether it holds a file that counts."""
        return any(d.pk not in self.anteriores for d in self.archivos)

    @property
    def observado(self) -> bool:
        """Whether its number goes in red (E1)."""
        return bool(self.casos) or self.por_firmar

    @property
    def corregido(self) -> bool:
        """Whether it was observed and only its sending is missing."""
        return self.observado and not self.falta and not self.observados


def renglones(
    gestion: Gestion,
    correccion: Correccion | None = None,
    documentos: Sequence[Documento] | None = None,
    version: int | None = None,
) -> list[Fila]:
    """The documents' table, in a fixed number of queries.

    For whoever reads what was sent: of `documentos`, and that `version` of the form.
    """
    correccion, lo_enviado = correccion or Correccion.de(gestion), documentos is not None
    if documentos is None:
        vigente = gestion.formulario_vigente
        documentos, version = gestion.documentos_vigentes, vigente.pk if vigente else None
    return [
        _fila(correccion, renglon, tuple(d for d in documentos if d.renglon == renglon.numero), version)
        for renglon in (gestion.renglones_enviados if lo_enviado else gestion.renglones)
    ]


def ya_no_aplican(gestion: Gestion) -> list[tuple[Renglon, list[Documento]]]:
    """What no longer applies and holds files: they are kept and do not count (motor.md §3)."""
    pedidos = {r.numero for r in gestion.renglones}
    sobran = [d for d in gestion.documentos_vigentes if d.renglon not in pedidos]
    numeros = dict.fromkeys(d.renglon for d in sobran)
    return [
        (gestion.definicion.renglon(n, gestion.respuestas_vigentes), [d for d in sobran if d.renglon == n])
        for n in numeros
    ]


def _fila(
    correccion: Correccion, renglon: Renglon, archivos: tuple[Documento, ...], version: int | None
) -> Fila:
    gestion, n = correccion.gestion, renglon.numero
    es_formulario = n == gestion.definicion.renglon_formulario
    return Fila(
        renglon=renglon,
        archivos=archivos,
        anteriores=frozenset(d.pk for d in archivos if not gestion.responde(d, version)),
        verificados=frozenset(d.pk for d in archivos if correccion.verificado(d)),
        observados=frozenset(d.pk for d in correccion.observados_presentes() if d.renglon == n),
        eliminables=frozenset(d.pk for d in archivos if correccion.puede_eliminar(d)),
        casos=tuple(correccion.casos_de(n)),
        abierto=n in correccion.abiertos,
        por_firmar=es_formulario and bool(correccion.pasos),
        falta=n in correccion.sin_archivo_nuevo(),
    )


def documento_de(gestion: Gestion, pk: Any) -> Documento:
    """A file of this Gestión and no other (S15); `Documento.DoesNotExist` otherwise."""
    documento = next((d for d in gestion.documentos_vigentes if d.pk == pk), None)
    if documento is None:
        raise Documento.DoesNotExist
    return documento
