"""A Gestión as the desk reads it: what was sent, beside what was judged (F1, F5, F6). Reads only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Value

from escritura.preparadas import Objetos, Parametro

from ..definicion import Paso, Renglon, Requisito
from ..models import CasoDePrevio, DatosInternos, Documento, Envio, Gestion, Previo, Veredicto
from ..models.gestion import por_renglon
from ..reglas.correccion import Correccion

# What a verdict has to do with a file.
VISTO, NOMBRADO = "visto", "nombrado"


_DE_ELLA = Parametro("gestion", Gestion._meta.pk)
LECTURAS: Mapping[str, Objetos[Any]] = MappingProxyType(
    {
        "documentos": Objetos(
            lambda: Documento.objects.filter(gestion=_DE_ELLA, envio__isnull=False).select_related("envio")
        ),
        "envios": Objetos(
            lambda: Envio.objects.filter(gestion=_DE_ELLA).select_related("version_formulario")
        ),
        "veredictos": Objetos(
            lambda: Veredicto.objects.filter(gestion=_DE_ELLA).select_related("juzgado_por")
        ),
    }
)


def abrir(numero: int) -> Gestion:
    """The Gestión for the desk, what it holds read as it is asked for; `Gestion.DoesNotExist`.

    What its owner loads to correct is not among its files until it is sent again (matriz.md §4).
    """
    gestion = Gestion.objects.select_related("solicitante", "asignada_a", "internos").get(numero=numero)
    gestion.lecturas = LECTURAS
    return gestion


def internos_de(gestion: Gestion) -> DatosInternos:
    """Its internal data, or those that nobody has written yet, not saved."""
    return getattr(gestion, "internos", None) or DatosInternos(gestion=gestion)


@dataclass(frozen=True)
class Dato:
    """A line of a step as it was sent; `antes`, what it said in the sending before, if it changed."""

    rotulo: str
    valor: str
    antes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Lugar:
    """What is judged: a renglón with its files, or a step with its data."""

    renglon: Renglon | None = None
    paso: Paso | None = None
    veredicto: Veredicto | None = None
    archivos: tuple[Documento, ...] = ()
    anteriores: tuple[Documento, ...] = ()
    datos: tuple[Dato, ...] = ()
    marcas: tuple[str, ...] = ()
    nuevo: bool = False

    @property
    def clave(self) -> int | str:
        """The renglón's number or the step's key."""
        return self.renglon.numero if self.renglon else self.paso.clave if self.paso else ""

    @property
    def rotulo(self) -> str:
        """«Documento 1» or «Paso 1»."""
        lugar = self.renglon or self.paso
        return lugar.rotulo if lugar else ""

    @property
    def numero(self) -> str:
        """The renglón's number or the step's, as people read it."""
        return self.renglon.etiqueta if self.renglon else str(self.paso.numero) if self.paso else ""

    @property
    def nombre(self) -> str:
        """What the page calls it."""
        lugar = self.renglon or self.paso
        return lugar.nombre if lugar else ""

    @property
    def requisito(self) -> Requisito | None:
        """What the renglón asks for."""
        return self.renglon.requisito if self.renglon else None

    @property
    def principal(self) -> Documento | None:
        """The newest of its files that count: what is on view when it is opened."""
        return self.archivos[-1] if self.archivos else None

    @property
    def desfasado(self) -> bool:
        """Whether a file came after its verdict, which says nothing of it (matriz.md §5)."""
        return bool(self.veredicto and not self.veredicto.cubre(self.archivos))

    @property
    def revisado(self) -> bool:
        """Whether it is done: judged as it stands now, or nothing to judge."""
        return self.opcional_vacio or bool(self.veredicto and not self.desfasado)

    @property
    def opcional_vacio(self) -> bool:
        """An optional renglón without files is not judged and counts as done (matriz.md §5)."""
        return bool(self.renglon and not self.renglon.obligatorio and not self.archivos)


class Expediente:
    """What was sent last, never the draft; `gestion` comes from `abrir`."""

    def __init__(self, gestion: Gestion, hoy: date) -> None:
        self.gestion, self.hoy = gestion, hoy

    @cached_property
    def envios(self) -> list[Envio]:
        """The sendings, newest first."""
        return sorted(self.gestion.suyos("envios"), key=lambda e: -e.ronda)

    @cached_property
    def envio(self) -> Envio:
        """The last sending."""
        return self.envios[0]

    @cached_property
    def veredictos(self) -> list[Veredicto]:
        """Those of the current round."""
        propios = [v for v in self.gestion.suyos("veredictos") if v.ronda == self.envio.ronda]
        for v in propios:
            v.claves_vistas = self._dichos[VISTO, v.pk]
            v.claves_nombradas = self._dichos[NOMBRADO, v.pk]
        return propios

    @property
    def previos(self) -> list[Previo]:
        """Every previo, newest first, with its cases."""
        return Correccion.de(self.gestion).previos

    def nombrados(self, caso: CasoDePrevio) -> list[Documento]:
        """The files that a case speaks of."""
        return [d for d in self.enviados if d.pk in caso.claves_nombradas]

    @cached_property
    def _dichos(self) -> Mapping[tuple[str, int], frozenset[UUID]]:
        """The files that each verdict saw, and those that it names; one query."""
        vistos, nombrados = (
            tabla.objects.filter(veredicto__gestion=self.gestion)
            for tabla in (Veredicto.vistos.through, Veredicto.archivos.through)
        )
        filas = vistos.values_list(Value(VISTO), "veredicto_id", "documento_id").union(
            nombrados.values_list(Value(NOMBRADO), "veredicto_id", "documento_id"), all=True
        )
        dichos: defaultdict[tuple[str, int], frozenset[UUID]] = defaultdict(frozenset)
        for como, quien, documento in filas:
            dichos[como, quien] |= {documento}
        return dichos

    # ── the steps ─────────────────────────────────────────────────────────────

    @cached_property
    def pasos(self) -> list[Lugar]:
        """Steps 1-3 as they were frozen and sent."""
        contexto = self.gestion.contexto_paso(self.hoy, self.envio.version_formulario.respuestas)
        marcas = self.gestion.definicion.marcas(self._contenido(self.envio), contexto)
        veredictos = {v.paso: v for v in self.veredictos if v.paso}
        return [
            Lugar(
                paso=paso,
                veredicto=veredictos.get(paso.clave),
                datos=tuple(self._datos(paso)),
                marcas=marcas.get(paso.clave, ()),
                nuevo=any(d.antes is not None for d in self._datos(paso)),
            )
            for paso in self.gestion.formularios_enviados
        ]

    def _datos(self, paso: Paso) -> list[Dato]:
        ahora = self._contenido(self.envio)[paso.clave]["legibles"]
        if len(self.envios) == 1:
            return [Dato(rotulo, valor) for rotulo, valor in ahora]
        antes = self._contenido(self.envios[1]).get(paso.clave, {"legibles": []})["legibles"]
        return [Dato(r, v, None if [r, v] in antes else _valor_de(r, antes)) for r, v in ahora]

    @staticmethod
    def _contenido(envio: Envio) -> dict[str, Any]:
        return envio.version_formulario.contenido["pasos"]

    # ── the documents ─────────────────────────────────────────────────────────

    @cached_property
    def enviados(self) -> list[Documento]:
        """Every file that was ever sent, in order of renglón and loading."""
        return sorted(self.gestion.suyos("documentos"), key=por_renglon)

    @cached_property
    def cuentan(self) -> list[Documento]:
        """The files that are judged, in the same order."""
        return self.gestion.documentos_que_cuentan

    @property
    def presentes(self) -> list[Documento]:
        """The files that stood at the last sending, those of an older form included."""
        limite = self.envio.enviado_en
        return [d for d in self.enviados if d.retirado_en is None or d.retirado_en > limite]

    @cached_property
    def renglones(self) -> list[Lugar]:
        """The renglones that what was sent asks for, with its files."""
        veredictos = {v.renglon: v for v in self.veredictos if v.renglon}
        return [self._renglon(r, veredictos.get(r.numero)) for r in self.gestion.renglones_enviados]

    @property
    def ya_no_aplican(self) -> list[Documento]:
        """The files sent in renglones that the last sending does not ask for: kept, and not judged."""
        pedidos = {lugar.clave for lugar in self.renglones}
        return [d for d in self.presentes if d.renglon not in pedidos]

    def _renglon(self, renglon: Renglon, veredicto: Veredicto | None) -> Lugar:
        suyos = [d for d in self.enviados if d.renglon == renglon.numero]
        cuentan = tuple(d for d in self.cuentan if d.renglon == renglon.numero)
        return Lugar(
            renglon=renglon,
            veredicto=veredicto,
            archivos=cuentan,
            anteriores=tuple(d for d in suyos if d not in cuentan),
            nuevo=self.envio.ronda > 1 and any(d.envio_id == self.envio.pk for d in cuentan),
        )

    def documento(self, pk: UUID) -> Documento | None:
        """A file that was sent in this Gestión."""
        return next((d for d in self.enviados if d.pk == pk), None)

    @cached_property
    def revisados(self) -> int:
        """How many renglones are done."""
        return sum(r.revisado for r in self.renglones)

    @property
    def lugares(self) -> list[Lugar]:
        """Everything that is judged, in the order of the page."""
        return [*self.pasos, *self.renglones]


def _valor_de(rotulo: str, legibles: list[list[str]]) -> str:
    return next((valor for r, valor in legibles if r == rotulo), "")
