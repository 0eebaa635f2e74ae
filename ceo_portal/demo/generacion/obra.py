"""A story while it is played: whose it is, its days, and what can be done in it, by the real actions.

It goes by phases, each on one day: `Fase` says how a copy finds its own.
"""

import random
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from django.utils import timezone

from ceo_portal.demo.gestos import Reloj, entregar, responder, revisar
from cuentas.models import Usuario
from tramites import registro
from tramites.acciones.admitir import admitir
from tramites.acciones.anotar import anotar
from tramites.acciones.archivar import archivar
from tramites.acciones.asentar_datos import asentar_datos
from tramites.acciones.avisar_archivado import avisar_archivado
from tramites.acciones.cargar import registrar_carga
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.crear import crear
from tramites.acciones.desistir import desistir
from tramites.acciones.enviar import enviar
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.leer_acta import leer_acta
from tramites.acciones.leer_expediente import leer_expediente
from tramites.acciones.observar import observar
from tramites.acciones.reenviar import reenviar
from tramites.acciones.retirar import retirar
from tramites.eventos import TipoEvento
from tramites.habiles import Calendario
from tramites.models import Documento, Gestion, Resultado

APERTURA = time(8)


@dataclass(frozen=True)
class Fase:
    """A day of the story, as played.

    A copy's is `minimo` to `maximo` days after the phase before, or before today if `hoy`; a working day if
    `habil`. Or else, by `vence`, that many days before the archive that runs since another phase.
    """

    dia: date
    minimo: int = 0
    maximo: int = 0
    habil: bool = False
    hoy: bool = False
    vence: tuple[int, int] | None = None


@dataclass
class Obra:
    """A story being played: whose it is, who reviews it and what time it is there."""

    titular: Usuario
    analista: Usuario
    otro: Usuario
    jefatura: Usuario
    calendario: Calendario
    reloj: Reloj
    respuestas: Mapping[str, Mapping[str, str]]
    fases: list[Fase]
    numero: int = 0
    ronda: int = 0
    casos: dict[int | str, Juicio] = field(default_factory=dict)
    azar: random.Random = field(default_factory=partial(random.Random, 0))  # noqa: S311 - nothing secret

    @property
    def gestion(self) -> Gestion:
        """As it stands."""
        return Gestion.de(self.titular, self.numero)

    def copia(self) -> "Obra":
        """To go on in another way from here."""
        return replace(self, reloj=Reloj(self.reloj.ahora), fases=list(self.fases), casos=dict(self.casos))

    def pasan(self, minimo: int, maximo: int, *, habil: bool = True, hoy: bool = False) -> None:
        """A new phase, `minimo` days later in this playing."""
        dia = self.fases[-1].dia + timedelta(days=minimo)
        while habil and not self.calendario.es_habil(dia):
            dia += timedelta(days=1)
        self._amanecer(Fase(dia, minimo, maximo, habil, hoy))

    def falta(self, dias: int, fase: int) -> None:
        """A new phase, that many days before the archive that runs since `fase`."""
        archivar_el = self.gestion.archivar_el
        assert archivar_el  # noqa: S101  (its clock runs)
        self._amanecer(Fase(archivar_el - timedelta(days=dias), vence=(fase, dias)))

    def _amanecer(self, fase: Fase) -> None:
        self.fases.append(fase)
        self.reloj.ahora = datetime.combine(fase.dia, APERTURA, tzinfo=timezone.get_current_timezone())


Escena = Callable[[Obra], None]


def abrir(obra: Obra) -> None:
    """T0."""
    tramite = registro.obtener("invalidez")
    obra.numero = crear(actor=obra.titular, tramite=tramite, ficha=uuid.uuid4(), ahora=obra.reloj()).numero


def llenar(obra: Obra, pasos: int = 3) -> None:
    """The first steps with fields."""
    gestion = obra.gestion
    for paso in gestion.definicion.formularios[:pasos]:
        responder(gestion, paso, obra.reloj, obra.respuestas)


def confirmar(obra: Obra) -> None:
    """Steps 4 and 5."""
    leer_acta(numero=obra.numero, actor=obra.titular, vista=obra.reloj.hoy.isoformat(), ahora=obra.reloj())
    confirmar_enterado(numero=obra.numero, actor=obra.titular, descarga=True, ahora=obra.reloj())


def subir(obra: Obra, *renglones: int) -> None:
    """A file in each, of which there are no bytes."""
    gestion = obra.gestion
    for renglon in renglones:
        # A document's place among those of its hour is its key's: each time the same.
        pk = uuid.UUID(int=obra.azar.getrandbits(128), version=4)
        nombre = gestion.renglon(renglon).nombre
        documento = Documento(
            id=pk,
            renglon=renglon,
            archivo=f"gestiones/{obra.numero}/{pk}.pdf",
            nombre=f"{nombre}.pdf",
            sha256=uuid.uuid4().hex * 2,
            tamano=180_000 + 7_919 * renglon,
            paginas=1 + renglon % 3,
            ficha=uuid.uuid4(),
        )
        registrar_carga(documento, gestion, gestion.momento(obra.reloj()))


def completar(obra: Obra, *otros: int) -> None:
    """All the steps, a file in each compulsory renglón and in `otros`, and the sending."""
    llenar(obra)
    confirmar(obra)
    subir(obra, *(r.numero for r in obra.gestion.obligatorios), *otros)
    mandar(obra)


def mandar(obra: Obra) -> None:
    """T1 or, once returned, T3."""
    gestion, accion = obra.gestion, reenviar if obra.ronda else enviar
    accion(
        numero=obra.numero,
        actor=obra.titular,
        ficha=uuid.uuid4(),
        version=gestion.version,
        ahora=obra.reloj(),
    )
    obra.ronda += 1


def leer(obra: Obra) -> None:
    """The analyst opens the expediente."""
    leer_expediente(gestion=obra.gestion, actor=obra.analista, ahora=obra.reloj())


def asentar(obra: Obra, propios: dict[str, object], **datos: object) -> None:
    """Internal data, those of its procedure apart, and a note."""
    anotar(
        numero=obra.numero,
        actor=obra.analista,
        texto="Se confirmó con el IGSS por teléfono.",
        ficha=uuid.uuid4(),
        ahora=obra.reloj(),
    )
    asentar_datos(
        numero=obra.numero,
        actor=obra.analista,
        version=obra.gestion.version,
        datos=datos,
        propios=propios,
        ahora=obra.reloj(),
    )


def devolver(obra: Obra, motivo: str, *casos: Juicio) -> None:
    """A previo with those cases, delivered the same day; every other renglón is verified."""
    de_renglones = {c.renglon: c for c in casos if c.renglon}
    gestion = revisar(obra.gestion, obra.analista, obra.reloj, de_renglones)
    for caso in casos:
        if caso.paso:
            gestion = juzgar(
                numero=obra.numero,
                actor=obra.analista,
                version=gestion.version,
                juicio=caso,
                ahora=obra.reloj(),
            )
    observar(
        numero=obra.numero, actor=obra.analista, version=gestion.version, motivo=motivo, ahora=obra.reloj()
    )
    entregar(gestion, TipoEvento.PREVIO_EMITIDO, obra.reloj)
    obra.casos = {c.renglon or c.paso: c for c in casos}


def corregir(obra: Obra) -> None:
    """What the previo asked for, done: steps, paper and files."""
    pasos = [p for p in obra.gestion.definicion.formularios if p.clave in obra.casos]
    for paso in pasos:
        responder(obra.gestion, paso, obra.reloj, obra.respuestas)
    if pasos:
        confirmar(obra)
    renglones = {r for r in obra.casos if isinstance(r, int)} | ({1} if pasos else set())
    for documento in obra.gestion.documentos_vigentes:
        if documento.renglon in renglones:
            retirar(numero=obra.numero, actor=obra.titular, documento_id=documento.pk, ahora=obra.reloj())
    subir(obra, *sorted(renglones))


def aprobar(obra: Obra) -> None:
    """«Admitir expediente»."""
    gestion = revisar(obra.gestion, obra.analista, obra.reloj, {})
    admitir(numero=obra.numero, actor=obra.analista, version=gestion.version, ahora=obra.reloj())


def avisar(obra: Obra, fase: int, *dias: int) -> None:
    """The reminders of the clock that runs since `fase`, each delivered."""
    for d in dias:
        obra.falta(d + 1, fase)
        avisar_archivado(numero=obra.numero, hoy=obra.reloj.hoy, ahora=obra.reloj())
        entregar(obra.gestion, TipoEvento.AVISO_DE_ARCHIVADO, obra.reloj)


def callar(obra: Obra, fase: int) -> None:
    """Nobody acts for six months."""
    avisar(obra, fase, 90, 30, 7, 1)
    obra.falta(0, fase)
    archivar(numero=obra.numero, hoy=obra.reloj.hoy, ahora=obra.reloj())


def retirarse(obra: Obra, motivo: str) -> None:
    """T6."""
    desistir(
        numero=obra.numero,
        actor=obra.titular,
        version=obra.gestion.version,
        motivo=motivo,
        ahora=obra.reloj(),
    )


def caso(renglon: int, documento: str, campo: str, defecto: str) -> Juicio:
    """A case composed from the catalogue."""
    return Juicio(
        renglon=renglon, resultado=Resultado.OBSERVADO, documento=documento, campo=campo, defecto=defecto
    )
