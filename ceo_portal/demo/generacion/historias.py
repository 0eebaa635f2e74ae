"""The stories of a Gestión, played by the real actions; `moldes` copies them to other days and people.

A story is a chain of scenes; those that begin alike are played once up to where they part.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.db import transaction

from ceo_portal.demo.gestos import responder
from tramites.acciones.juzgar import Juicio, juzgar
from tramites.acciones.reasignar import reasignar
from tramites.acciones.retomar import retomar
from tramites.acciones.tomar import tomar
from tramites.models import DatosInternos, Resultado

from .obra import (
    Escena,
    Obra,
    abrir,
    aprobar,
    asentar,
    avisar,
    callar,
    caso,
    completar,
    confirmar,
    corregir,
    devolver,
    leer,
    llenar,
    mandar,
    retirarse,
    subir,
)

MOTIVO = "DOCUMENTOS CON OBSERVACIONES"
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
    declarada_el = obra.fases[0].dia.isoformat()
    propios = {"causa": "ENF", "dos_anios": True, "declarada_el": declarada_el}
    asentar(obra, propios, solvencia=DatosInternos.Solvencia.RECIBIDA)
    aprobar(obra)


def admitirse_tras_reasignar(obra: Obra) -> None:
    obra.pasan(1, 8)
    tomar(numero=obra.numero, actor=obra.otro, ahora=obra.reloj())
    version = obra.gestion.version
    reasignar(numero=obra.numero, actor=obra.jefatura, a=obra.analista, version=version, ahora=obra.reloj())
    obra.pasan(1, 15)
    leer(obra)
    asentar(obra, {"causa": "ACC"}, posible_alteracion=True)
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
