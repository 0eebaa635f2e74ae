"""What a previo re-opens to its owner, and what is missing to send it back (matriz.md §4, §5; E).

It reads a Gestión and its last previo; it writes nothing.
"""

from functools import cached_property
from uuid import UUID

from django.db.models import F

from tramites.definicion import ClasePaso, Paso, orden
from tramites.models import CasoDePrevio, Documento, Estado, Gestion, Previo, RespuestaPaso, Resultado


class Correccion:
    """The last previo of a Gestión, seen by its owner; empty when there is none."""

    def __init__(self, gestion: Gestion) -> None:
        self.gestion = gestion

    @classmethod
    def de(cls, gestion: Gestion) -> "Correccion":
        """That of a Gestión as it was read, for all who look at it: each thing is asked once."""
        suya: Correccion = gestion.__dict__.setdefault("_correccion", cls(gestion))
        return suya

    @cached_property
    def previos(self) -> list[Previo]:
        """Every previo, newest first, with its `emitidos` and the files that each one names; one query."""
        if self.gestion.recibida_en is None:
            return []
        filas = CasoDePrevio.objects.filter(previo__gestion=self.gestion).annotate(nombrado=F("archivos"))
        previos: dict[int, Previo] = {}
        casos: dict[int, CasoDePrevio] = {}
        for fila in filas.select_related("previo__emitido_por").order_by("-previo__ronda", "renglon", "paso"):
            if fila.pk not in casos:
                fila.previo = previos.setdefault(fila.previo_id, fila.previo)
                fila.previo.gestion = self.gestion
                fila.previo.emitidos.append(fila)
                fila.claves_nombradas = set()
            caso = casos.setdefault(fila.pk, fila)
            caso.claves_nombradas |= {fila.nombrado} - {None}
        return list(previos.values())

    @property
    def previo(self) -> Previo | None:
        """That of the last decided round."""
        return next(iter(self.previos), None)

    @property
    def casos(self) -> tuple[CasoDePrevio, ...]:
        """Its cases, while it is open."""
        if self.gestion.estado != Estado.OBSERVADA or self.previo is None:
            return ()
        return tuple(self.previo.emitidos)

    @property
    def pasos(self) -> frozenset[str]:
        """Keys of the steps with a case."""
        return frozenset(c.paso for c in self.casos if c.paso)

    @property
    def renglones(self) -> frozenset[int]:
        """Renglones to correct: a case of a step also asks for the signed form again (E8).

        What an answer corrected since no longer asks for is not among them; what it asks for now, is.
        """
        pedidos = {r.numero for r in self.gestion.renglones}
        observados = {self._renglon(c) for c in self.casos} - {None}
        return frozenset(pedidos & observados) | self.nuevos

    @cached_property
    def nuevos(self) -> frozenset[int]:
        """Compulsory renglones that what was sent did not ask for: its owner's change does (motor.md §3)."""
        gestion = self.gestion
        if gestion.definicion.invariable or not self.casos:
            return frozenset()
        antes = {r.numero for r in gestion.renglones_enviados if r.obligatorio}
        return frozenset({r.numero for r in gestion.obligatorios} - antes)

    def _renglon(self, caso: CasoDePrevio) -> int | None:
        return caso.renglon or self.gestion.definicion.renglon_formulario

    def casos_de(self, renglon: int) -> list[CasoDePrevio]:
        """The cases of a renglón."""
        return [c for c in self.casos if c.renglon == renglon]

    def caso_de_paso(self, clave: str) -> CasoDePrevio | None:
        """The case of a step, if any."""
        return next((c for c in self.casos if c.paso == clave), None)

    # ── what is open ──────────────────────────────────────────────────────────

    def paso_abierto(self, paso: Paso) -> bool:
        """Steps 1-3 with a case; 4-5 when some step had one; the documents always."""
        if paso.clase in (ClasePaso.ACTA, ClasePaso.ENTERADO):
            return bool(self.pasos)
        return paso.clase is ClasePaso.DOCUMENTOS or paso.clave in self.pasos

    @cached_property
    def abiertos(self) -> frozenset[int]:
        """Renglones that take a file now (matriz.md §4).

        A draft takes them all; what ONSEC has, only «Otros» (B7.3). Returned, what was observed and
        «Otros» (E6), but the signed form only once its steps are redone (E8).
        """
        gestion, definicion = self.gestion, self.gestion.definicion
        otros = {definicion.renglon_otros}
        if gestion.editable:
            return frozenset(r.numero for r in gestion.renglones)
        if gestion.en_correccion:
            por_firmar = {definicion.renglon_formulario} if self.paso_pendiente() else set()
            return (self.renglones | otros) - por_firmar
        return frozenset(otros if gestion.estado in (Estado.RECIBIDA, Estado.ADMITIDA) else ())

    # ── each file ─────────────────────────────────────────────────────────────

    @cached_property
    def _verificados(self) -> frozenset[UUID]:
        """Files of which the last decided round says «Verificado»; before a decision, none (matriz.md §5)."""
        previo, admitida = self.previo, self.gestion.estado == Estado.ADMITIDA
        ronda = self.gestion.ronda if admitida else previo.ronda if previo else 0
        if not ronda:
            return frozenset()
        con_caso = {self._renglon(c) for c in previo.emitidos} if previo and previo.ronda == ronda else set()
        vistos = self.gestion.veredictos.filter(ronda=ronda, resultado=Resultado.VERIFICADO)
        return frozenset(
            documento
            for renglon, documento in vistos.values_list("renglon", "vistos")
            if documento and renglon not in con_caso
        )

    def verificado(self, documento: Documento) -> bool:
        """«Verificado» SI: its verdict saw it, or the case names other files and not this one (E9)."""
        return documento.pk in self._verificados or self._salvado(documento)

    @cached_property
    def _observables(self) -> frozenset[UUID]:
        """The files that counted when the previo was issued: of the others it says nothing."""
        return frozenset(
            d.pk for d in (self.gestion.documentos_al(self.previo.emitido_en) if self.previo else ())
        )

    def _salvado(self, documento: Documento) -> bool:
        emitidos = self.previo.emitidos if self.previo and documento.pk in self._observables else ()
        nombrados = [c.claves_nombradas for c in emitidos if self._renglon(c) == documento.renglon]
        return bool(nombrados) and all(nombrados) and not any(documento.pk in n for n in nombrados)

    def puede_eliminar(self, documento: Documento) -> bool:
        """A file of an observed renglón with «Verificado» NO, or one loaded in this round (matriz.md §3)."""
        if documento.envio_id is None:
            return self.gestion.editable or self.gestion.en_correccion
        return documento.renglon in self.renglones and not self.verificado(documento)

    # ── what is missing ───────────────────────────────────────────────────────

    def sin_archivo_nuevo(self) -> list[int]:
        """Observed renglones without a file of this round; the form's must be of the version in force."""
        vigente = self.gestion.formulario_vigente
        version = vigente.pk if vigente else None
        nuevos = {
            d.renglon
            for d in self.gestion.documentos_vigentes
            if d.envio_id is None and self.gestion.responde(d, version)
        }
        return sorted(self.renglones - nuevos, key=orden)

    def observados_presentes(self) -> list[Documento]:
        """Observed files not yet removed: those that a case names or, if it names none, the only one.

        In what no longer applies nothing is to be removed.
        """
        vivos = (caso for caso in self.casos if self._renglon(caso) in self.renglones)
        observados = {pk for caso in vivos for pk in self._observados(caso)}
        return [d for d in self.gestion.documentos_vigentes if d.pk in observados]

    def huellas_observadas(self, renglon: int) -> frozenset[str]:
        """SHA-256 of the files that the cases of a renglón speak of, also once removed."""
        casos = [c for c in self.casos if self._renglon(c) == renglon]
        observados = {pk for caso in casos for pk in self._observados(caso)}
        return frozenset(d.sha256 for d in self.gestion.suyos("documentos") if d.pk in observados)

    def _observados(self, caso: CasoDePrevio) -> set[UUID]:
        """Keys of the files that a case speaks of, among those that counted when it was written."""
        if caso.claves_nombradas:
            return caso.claves_nombradas
        renglon = self._renglon(caso)
        suyos = {
            d.pk
            for d in self.gestion.suyos("documentos")
            if d.renglon == renglon and d.pk in self._observables
        }
        return suyos if len(suyos) == 1 else set()

    def rehecho(self, respuesta: RespuestaPaso) -> bool:
        """Whether the step was saved after the previo."""
        return self.previo is not None and respuesta.guardada_en > self.previo.emitido_en

    def paso_pendiente(self) -> Paso | None:
        """The first step to redo before sending."""
        return next(iter(self.pasos_pendientes), None)

    @property
    def pasos_pendientes(self) -> list[Paso]:
        """The steps to redo, in order: those observed and not saved since, then acta and step 5 (E8)."""
        if not self.pasos or self.previo is None:
            return []
        gestion = self.gestion
        guardadas = {r.paso: r for r in gestion.suyos("respuestas")}
        # A step that applies since an answer changed was never saved.
        pedidos = [p for p in gestion.formularios if p.clave in self.pasos or p.clave not in guardadas]
        pendientes = [p for p in pedidos if not self._valido(guardadas.get(p.clave))]
        vigente, enviado = gestion.formulario_vigente, gestion.ultimo_envio
        if vigente and vigente.pk != enviado.version_formulario_id:
            return pendientes
        actas = [p for p in gestion.pasos if p.clase is ClasePaso.ACTA and p.clave not in guardadas]
        return [*pendientes, *actas, gestion.de_clase(ClasePaso.ENTERADO)]

    def _valido(self, respuesta: RespuestaPaso | None) -> bool:
        return respuesta is not None and respuesta.completa and self.rehecho(respuesta)
