"""What its procedure asks of a Gestión, for what was answered in it (motor.md §3)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tramites import asistente, registro
from tramites.definicion import ClasePaso, NoDefinido, Paso, Renglon, Respuestas, Tramite
from tramites.registro import Familia


class Pedido:
    """The steps and documents of a Gestión: its owner's now, and those by which the office judges it."""

    if TYPE_CHECKING:
        tramite: str
        tramite_version: int

        @property
        def formulario_vigente(self) -> Any: ...
        @property
        def ultimo_envio(self) -> Any: ...
        @property
        def documentos_vigentes(self) -> list[Any]: ...
        @property
        def documentos_que_cuentan(self) -> list[Any]: ...
        def suyos(self, relacion: str) -> Any: ...
        def responde(self, documento: Any, version_id: int | None) -> bool: ...

    @property
    def definicion(self) -> Tramite:
        """The procedure in the version under which this Gestión was made."""
        return registro.obtener(self.tramite, self.tramite_version)

    @property
    def familia(self) -> Familia:
        """The sub-entry of «Mis Solicitudes» where it is."""
        return registro.familia_de(self.definicion)

    @property
    def publicada(self) -> bool:
        """Whether its procedure may be asked for now: its public pages are there."""
        return self.tramite in {t.clave for t in registro.publicados()}

    @property
    def respuestas_vigentes(self) -> Respuestas:
        """The answers that say which steps and documents are asked for: never a mixture (motor.md §3).

        Those of the form in force or, with none, those that are saved and hold.
        """
        if vigente := self.formulario_vigente:
            return vigente.respuestas
        return {r.paso: r.valores for r in self.suyos("respuestas") if r.completa}

    @property
    def respuestas_enviadas(self) -> Respuestas:
        """The answers by which the office judges it: those of its last sending."""
        envio = self.ultimo_envio
        return envio.version_formulario.respuestas if envio else self.respuestas_vigentes

    @property
    def _segun_lo_vigente(self) -> Respuestas:
        return {} if self.definicion.invariable else self.respuestas_vigentes

    @property
    def _segun_lo_enviado(self) -> Respuestas:
        """What is not going to be asked is not read either."""
        return {} if self.definicion.invariable else self.respuestas_enviadas

    @property
    def pasos(self) -> tuple[Paso, ...]:
        """The steps of its wizard, numbered as the person sees them."""
        return self.definicion.pasos_de(self._segun_lo_vigente)

    @property
    def formularios(self) -> list[Paso]:
        """Those of its steps whose fields are typed and later frozen."""
        return [p for p in self.pasos if p.clase is ClasePaso.FORMULARIO]

    @property
    def formularios_enviados(self) -> list[Paso]:
        """Those by which the office judges it."""
        pasos = self.definicion.pasos_de(self._segun_lo_enviado)
        return [p for p in pasos if p.clase is ClasePaso.FORMULARIO]

    def paso(self, clave: str) -> Paso:
        """The step with that key; `NoDefinido` when it does not apply."""
        return self._de_los_suyos(lambda p: p.clave == clave, clave)

    def de_clase(self, clase: ClasePaso) -> Paso:
        """The one step of that class; `NoDefinido` when it has none."""
        return self._de_los_suyos(lambda p: p.clase is clase, clase)

    def _de_los_suyos(self, cual: Callable[[Paso], bool], clave: object) -> Paso:
        paso = next((p for p in self.pasos if cual(p)), None)
        if paso is None:
            raise NoDefinido(clave)
        return paso

    @property
    def renglones(self) -> list[Renglon]:
        """The documents that are asked of its owner now."""
        return [r for r in self.definicion.renglones(self._segun_lo_vigente) if r.aplica]

    @property
    def renglones_enviados(self) -> list[Renglon]:
        """The documents by which the office judges it."""
        return [r for r in self.definicion.renglones(self._segun_lo_enviado) if r.aplica]

    @property
    def por_juzgar(self) -> frozenset[int]:
        """Renglones that a round must judge: what was compulsory, and what holds files (matriz.md §5)."""
        exigidos = {r.numero for r in self.renglones_enviados if r.obligatorio}
        return frozenset(exigidos | {d.renglon for d in self.documentos_que_cuentan})

    def lugar(self, *, renglon: int | None = None, paso: str = "") -> Renglon | Paso:
        """What the office judged, numbered and named as in what was sent. Raises `NoDefinido`."""
        respuestas = self._segun_lo_enviado
        if renglon is not None:
            return self.definicion.renglon(renglon, respuestas)
        enviados = {p.clave: p for p in self.definicion.pasos_de(respuestas)}
        return enviados.get(paso) or self.definicion.paso(paso)

    def renglon(self, numero: int) -> Renglon:
        """The renglón of that number; `NoDefinido` when it is not asked for."""
        renglon = self.definicion.renglon(numero, self._segun_lo_vigente)
        if not renglon.aplica:
            raise NoDefinido(numero)
        return renglon

    @property
    def obligatorios(self) -> list[Renglon]:
        """The renglones that must hold a file before sending."""
        return [r for r in self.renglones if r.obligatorio]

    @property
    def opcionales(self) -> list[Renglon]:
        """The renglones that may stay empty."""
        return [r for r in self.renglones if not r.obligatorio]

    def renglones_faltantes(self) -> list[Renglon]:
        """Compulsory renglones without a valid file.

        A printed form of an earlier version does not count for its renglón (matriz.md §4).
        """
        vigente = self.formulario_vigente
        version = vigente.pk if vigente else None
        cubiertos = {d.renglon for d in self.documentos_vigentes if self.responde(d, version)}
        return [r for r in self.obligatorios if r.numero not in cubiertos]

    def respuestas_de(self, envio: Any) -> Respuestas:
        """What was answered in that sending, unless nothing depends on it."""
        return {} if self.definicion.invariable else envio.version_formulario.respuestas

    @property
    def pendiente(self) -> Paso:
        """The step where its owner stands."""
        return asistente.primer_pendiente(self.pasos, self.pasos_completos())

    def paso_abierto(self, paso: Paso) -> bool:
        """Whether, of a draft, everything before it is valid."""
        return asistente.esta_abierto(self.pasos, self.pasos_completos(), paso)

    def pasos_completos(self) -> frozenset[str]:
        """Keys of the steps that are answered and hold; the input of `asistente`."""
        completos = {r.paso for r in self.suyos("respuestas") if r.completa}
        if self.formulario_vigente:
            completos.add(self.de_clase(ClasePaso.ENTERADO).clave)
            # Without a form in force no file is the signed one.
            if not self.renglones_faltantes():
                completos.add(self.de_clase(ClasePaso.DOCUMENTOS).clave)
        return frozenset(completos)
