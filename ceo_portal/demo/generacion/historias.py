"""The stories of a Gestión, played by the real actions; `moldes` copies them to other days and people.

A story is a chain of scenes; those that begin alike are played once up to where they part. It goes by phases,
each on one day: `Fase` says how a copy finds its own.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from ceo_portal.demo.gestos import Reloj, entregar, responder, revisar
from cuentas.models import Usuario
from tramites import registro
from tramites.acciones.admitir import admitir
from tramites.acciones.archivar import archivar
from tramites.acciones.asentar import anotar, asentar_datos, leer_expediente
from tramites.acciones.avisar_archivo import avisar_archivo
from tramites.acciones.cargar import registrar_carga
from tramites.acciones.confirmar_enterado import confirmar_enterado
from tramites.acciones.crear import crear
from tramites.acciones.desarchivar import retomar
from tramites.acciones.desistir import desistir
from tramites.acciones.enviar import enviar
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.leer_acta import leer_acta
from tramites.acciones.observar import observar
from tramites.acciones.reenviar import reenviar
from tramites.acciones.retirar import retirar
from tramites.acciones.tomar import reasignar, tomar
from tramites.eventos import TipoEvento
from tramites.habiles import Calendario
from tramites.models import DatosInternos, Documento, Gestion, Resultado

APERTURA = time(8)
MOTIVO = "DOCUMENTOS CON OBSERVACIONES"


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
        pk, nombre = uuid.uuid4(), gestion.definicion.requisito(renglon).nombre
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
    subir(obra, *obra.gestion.definicion.obligatorios, *otros)
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


def asentar(obra: Obra, **datos: object) -> None:
    """Internal data and a note."""
    anotar(
        numero=obra.numero,
        actor=obra.analista,
        texto="Se confirmó con el IGSS por teléfono.",
        ficha=uuid.uuid4(),
        ahora=obra.reloj(),
    )
    version = obra.gestion.version
    asentar_datos(numero=obra.numero, actor=obra.analista, version=version, datos=datos, ahora=obra.reloj())


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
        avisar_archivo(numero=obra.numero, hoy=obra.reloj.hoy, ahora=obra.reloj())
        entregar(obra.gestion, TipoEvento.AVISO_ARCHIVO, obra.reloj)


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


SIN_FIRMA = caso(1, "FORMULARIO", "CAMPO DE FIRMA", "FALTA FIRMAR.")
VENCIDA = caso(2, "CERTIFICACIÓN DE NACIMIENTO", "VIGENCIA", "ESTÁ VENCIDA.")
UN_LADO = caso(3, "DPI", "LADO DE ATRÁS", "FALTA CARGAR UN LADO.")
PENALES = caso(4, "CONSTANCIA DE ANTECEDENTES PENALES", "VIGENCIA", "ESTÁ VENCIDA.")
VENCIDOS_YA = replace(PENALES, justificacion="La constancia venció mientras se corregía lo demás.")
PERIODO = caso(5, "CERTIFICACIÓN DE TIEMPO DE SERVICIO", "PERIODOS", "FALTA UN PERIODO.")
DICTAMEN = caso(6, "DICTAMEN DE MEDICINA LEGAL", "GRADO DE LA INVALIDEZ", "NO LO INDICA.")
TELEFONO = Juicio(
    paso="beneficiario",
    resultado=Resultado.OBSERVADO,
    documento="DATOS DEL BENEFICIARIO",
    campo="NÚMERO TELEFÓNICO",
    defecto="FALTA LLENAR.",
)


# ── the scenes ────────────────────────────────────────────────────────────────


def en_el_paso(pasos: int) -> Escena:
    """A draft that stands after that step."""
    return partial(llenar, pasos=pasos)


def con_papeles(obra: Obra) -> None:
    """The paper printed, some files loaded."""
    obra.pasan(1, 6, habil=False)
    confirmar(obra)
    subir(obra, 2, 3, 4)


def desistir_del_borrador(obra: Obra) -> None:
    obra.pasan(1, 40, habil=False)
    retirarse(obra, "Ya me jubilé por tiempo de servicio.")


def otro_dia_con_mas_archivos(obra: Obra) -> None:
    """Nine files, one of them in «Otros»."""
    obra.pasan(1, 5, habil=False)
    completar(obra, 5, 5, 8)


def empezar_a_revisar(obra: Obra) -> None:
    obra.pasan(1, 4, hoy=True)
    tomar(numero=obra.numero, actor=obra.analista, ahora=obra.reloj())
    leer(obra)
    for renglon in (1, 2, 3):
        verificado = Juicio(renglon=renglon, resultado=Resultado.VERIFICADO)
        version = obra.gestion.version
        juzgar(
            numero=obra.numero, actor=obra.analista, version=version, juicio=verificado, ahora=obra.reloj()
        )


def previo(motivo: str, maximo: int, *casos: Juicio) -> Escena:
    """Read and returned within those days."""

    def escena(obra: Obra) -> None:
        obra.pasan(2, maximo)
        leer(obra)
        devolver(obra, motivo, *casos)

    return escena


def empezar_a_corregir(obra: Obra) -> None:
    obra.pasan(1, 20, habil=False)
    responder(obra.gestion, obra.gestion.definicion.paso("beneficiario"), obra.reloj, obra.respuestas)


def remitir(maximo: int) -> Escena:
    """Corrected and sent again within those days."""

    def escena(obra: Obra) -> None:
        obra.pasan(1, maximo, habil=False)
        corregir(obra)
        mandar(obra)

    return escena


def primer_aviso(obra: Obra) -> None:
    """Three months of silence since the last phase."""
    avisar(obra, len(obra.fases) - 1, 90)


def archivarse(obra: Obra) -> None:
    """Six months of silence since the last phase."""
    callar(obra, len(obra.fases) - 1)


def desistir_de_lo_enviado(obra: Obra) -> None:
    obra.pasan(1, 9, habil=False)
    retirarse(obra, "")


def admitirse(maximo: int) -> Escena:
    """Read and admitted within those days."""

    def escena(obra: Obra) -> None:
        obra.pasan(1, maximo)
        leer(obra)
        aprobar(obra)

    return escena


def admitirse_con_datos(obra: Obra) -> None:
    obra.pasan(2, 24)
    tomar(numero=obra.numero, actor=obra.analista, ahora=obra.reloj())
    leer(obra)
    internos = {
        "causa": DatosInternos.Causa.ENFERMEDAD,
        "dos_anios": True,
        "solvencia": DatosInternos.Solvencia.RECIBIDA,
        "declarada_el": obra.fases[0].dia,
    }
    asentar(obra, **internos)
    aprobar(obra)


def admitirse_tras_reasignar(obra: Obra) -> None:
    obra.pasan(1, 8)
    tomar(numero=obra.numero, actor=obra.otro, ahora=obra.reloj())
    version = obra.gestion.version
    reasignar(numero=obra.numero, actor=obra.jefatura, a=obra.analista, version=version, ahora=obra.reloj())
    obra.pasan(1, 15)
    leer(obra)
    asentar(obra, causa=DatosInternos.Causa.ACCIDENTE, posible_alteracion=True)
    aprobar(obra)


def retomar_y_enviar(obra: Obra) -> None:
    obra.pasan(5, 60, habil=False)
    retomar(numero=obra.numero, actor=obra.titular, ahora=obra.reloj())
    completar(obra)


@dataclass(frozen=True)
class Historia:
    """How often it happens, its scenes, and how many days ago it may have begun.

    `edades` None is a story that is over: any time long enough ago.
    """

    peso: float
    escenas: tuple[Escena, ...]
    edades: tuple[int, int] | None = None

    @property
    def abierta(self) -> bool:
        """Whether it stands as it does today: the office, or its owner, has it in hand."""
        return self.edades is not None


HASTA_EL_2 = (abrir, en_el_paso(2))
RECIBIDA = (abrir, completar)
CON_OTROS = (*HASTA_EL_2, otro_dia_con_mas_archivos)
SIN_FIRMAR = (*RECIBIDA, previo("DOCUMENTOS PENDIENTES DE CARGAR", 9, SIN_FIRMA))
CON_DATOS_MALOS = (*CON_OTROS, previo("DATOS Y DOCUMENTOS POR CORREGIR", 12, TELEFONO, DICTAMEN))
SIN_LLEGAR = (*HASTA_EL_2, archivarse)
# The clock of 90 days before the archive rings between the 91st and the 94th day of silence.
HISTORIAS = (
    Historia(8, (abrir, en_el_paso(1)), (1, 80)),
    Historia(5, (abrir, en_el_paso(3)), (1, 80)),
    Historia(5, (abrir, en_el_paso(3), con_papeles), (7, 80)),
    Historia(9, (*HASTA_EL_2, primer_aviso), (96, 150)),
    Historia(60, RECIBIDA, (1, 16)),
    Historia(1, RECIBIDA, (17, 45)),
    Historia(30, CON_OTROS, (6, 18)),
    Historia(30, (*RECIBIDA, empezar_a_revisar), (12, 22)),
    Historia(12, (*RECIBIDA, previo(MOTIVO, 14, VENCIDA, UN_LADO)), (21, 90)),
    Historia(6, (*CON_DATOS_MALOS, empezar_a_corregir), (44, 94)),
    Historia(8, (*SIN_FIRMAR, primer_aviso), (111, 150)),
    Historia(14, (*SIN_FIRMAR, remitir(12)), (28, 48)),
    Historia(14, SIN_LLEGAR),
    Historia(2, (*HASTA_EL_2, desistir_del_borrador)),
    Historia(5, (*RECIBIDA, previo("DOCUMENTOS VENCIDOS", 20, VENCIDA, PENALES), archivarse)),
    Historia(2, (*RECIBIDA, desistir_de_lo_enviado)),
    Historia(34, (*RECIBIDA, admitirse(12))),
    Historia(12, (*CON_OTROS, admitirse_con_datos)),
    Historia(3, (*RECIBIDA, admitirse_tras_reasignar)),
    Historia(8, (*SIN_FIRMAR, remitir(30), admitirse(14))),
    Historia(10, (*RECIBIDA, previo(MOTIVO, 18, PERIODO, DICTAMEN), remitir(45), admitirse(14))),
    Historia(5, (*CON_DATOS_MALOS, remitir(30), previo(MOTIVO, 12, VENCIDOS_YA), remitir(25), admitirse(10))),
    Historia(1, (*SIN_LLEGAR, retomar_y_enviar, admitirse(15))),
)


def jugar(obra: Obra, historias: Sequence[Historia], hasta: int = 0) -> Iterator[tuple[Historia, Obra]]:
    """Each story as it ends, standing in the database until the next one is asked for; then all is undone."""
    siguientes = defaultdict(list)
    for historia in historias:
        if len(historia.escenas) == hasta:
            yield historia, obra
        else:
            siguientes[historia.escenas[hasta]].append(historia)
    for escena, suyas in siguientes.items():
        with transaction.atomic():
            rama = obra.copia()
            escena(rama)
            yield from jugar(rama, suyas, hasta + 1)
            transaction.set_rollback(True)
