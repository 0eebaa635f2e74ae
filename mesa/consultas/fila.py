"""What a row of the queue shows: its columns, how long the office has had it, and the words of both."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from cuentas.models import nombre_completo
from territorio.cui import formatear
from tramites import registro
from tramites.habiles import Calendario
from tramites.models import Causa, Estado

# What the office aims at, in business days since it entered the queue.
POR_VENCER, VENCIDA = 10, 20
DIA = timedelta(days=1)
NADIE = "—"


class FilaDeBandeja(NamedTuple):
    """The columns of a Gestión that was sent; `ultima_ronda` is that of its last sending."""

    numero: int
    tramite: str
    estado: str
    titular_nombre: str
    titular_cui: str
    recibida_en: datetime
    en_cola_desde: datetime | None
    notificada_en: datetime | None
    archivar_el: date | None
    admitida_en: datetime | None
    archivada_en: datetime | None
    causa_archivo: str
    asignada_a_id: int | None
    primer_nombre: str | None
    segundo_nombre: str | None
    primer_apellido: str | None
    segundo_apellido: str | None
    reservada: bool | None
    ultima_ronda: int | None

    @property
    def ultimo_dia(self) -> date | None:
        """As that of `Gestion`."""
        return self.archivar_el - DIA if self.archivar_el else None

    @property
    def a_cargo(self) -> str:
        """Who holds it."""
        nombre = (self.primer_nombre, self.segundo_nombre, self.primer_apellido, self.segundo_apellido)
        return nombre_completo(*nombre) or NADIE


@dataclass(frozen=True)
class Antiguedad:
    """How long the office has had it, in business days, and in which round."""

    dias: int
    ronda: int

    @property
    def semaforo(self) -> tuple[str, str, str]:
        """Class, icon and words: never colour alone."""
        if self.dias >= VENCIDA:
            return "sem-grana", "alerta", "Vencida"
        if self.dias >= POR_VENCER:
            return "sem-maiz", "reloj", "Por vencer"
        return "sem-jade", "listo", "En plazo"

    def __str__(self) -> str:
        dias = "1 día hábil" if self.dias == 1 else f"{self.dias} días hábiles"
        return f"{dias} · ronda {self.ronda}" if self.ronda > 1 else dias


class Situacion(NamedTuple):
    """Whose turn it is and since or until when: with `semaforo`, the office's own, for so many `dias`.

    `corre` when its owner has a term, which ends on `dia`.
    """

    estado: str
    semaforo: tuple[str, str, str] | None = None
    dias: int = 0
    corre: bool = False
    cuanto: str = ""
    dia: str = ""


def situacion(gestion: Any, hoy: date, calendario: Calendario, ronda: int | None) -> Situacion:
    """Of a `Gestion` or a `FilaDeBandeja`; `ronda` is that of its last sending."""
    if gestion.en_cola_desde:
        dias = calendario.transcurridos(timezone.localdate(gestion.en_cola_desde), hoy)
        edad = Antiguedad(dias, ronda or 1)
        return Situacion(gestion.estado, edad.semaforo, dias, cuanto=str(edad))
    match gestion.estado:
        case Estado.OBSERVADA:
            corre = gestion.notificada_en is not None
            return Situacion(gestion.estado, corre=corre, dia=_dia(gestion.ultimo_dia) if corre else "")
        case Estado.ADMITIDA:
            return Situacion(gestion.estado, cuanto="Admitida", dia=_dia(gestion.admitida_en))
    causa = str(Causa(gestion.causa_archivo).label) if gestion.causa_archivo else ""
    return Situacion(gestion.estado, cuanto=causa, dia=_dia(gestion.archivada_en))


class Forma(NamedTuple):
    """What the HTML of a row depends on."""

    estado: str
    semaforo: tuple[str, str, str] | None
    corre: bool
    reservada: bool
    con_a_cargo: bool
    se_toma: bool


class TextosDeFila(NamedTuple):
    """What is written in a row."""

    numero: str
    tipo: str
    titular: str
    cui: str
    ingreso: str
    cuanto: str
    dia: str
    a_cargo: str


def renglon(
    fila: FilaDeBandeja, suya: Situacion, *, revisa: bool, con_reserva: bool, con_a_cargo: bool
) -> tuple[Forma, TextosDeFila]:
    """The row as `fila.html` writes it: for who reviews, what may be taken; a reserve, for who may know."""
    se_toma = revisa and fila.estado == Estado.RECIBIDA and fila.asignada_a_id is None
    reservada = con_reserva and bool(fila.reservada)
    return (
        Forma(fila.estado, suya.semaforo, suya.corre, reservada, con_a_cargo, se_toma),
        TextosDeFila(
            str(fila.numero),
            registro.obtener(fila.tramite).rotulo,
            fila.titular_nombre,
            formatear(fila.titular_cui),
            _dia(fila.recibida_en),
            suya.cuanto,
            suya.dia,
            fila.a_cargo,
        ),
    )


def _dia(cuando: date | datetime | None) -> str:
    """dd-mm-aaaa, a moment by Guatemala's day; empty for None."""
    if cuando is None:
        return ""
    return f"{timezone.localdate(cuando) if isinstance(cuando, datetime) else cuando:%d-%m-%Y}"
