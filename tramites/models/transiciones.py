"""The state of a Gestión and its clock: the columns that they fill, and what actions call to move them."""

from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone
from django_fsm import RETURN_VALUE, FSMField, transition

from tramites import plazo

from .estado import ARCHIVABLES, Causa, Estado, EstadoProtegido

# The least difference between two acts: the precision that both databases keep.
INSTANTE = timedelta(microseconds=1)
# How far one machine's clock may be behind another's. A moment further behind than this is taken as it comes:
# it is the demo's, played in the past, or that of a clock that was wrong and has been corrected.
DERIVA = timedelta(days=1)


def momento(ahora: datetime, *anteriores: datetime | None) -> datetime:
    """`ahora`, or an instant after the last of the acts before it; see `Transiciones.momento`."""
    ultimo = max(m for m in anteriores if m)
    return max(ahora, ultimo + INSTANTE) if ultimo - ahora < DERIVA else ahora


class Transiciones(EstadoProtegido):
    """What passes from state to state (matriz.md §2) and runs against a term (matriz.md §6)."""

    estado = FSMField("estado", default=Estado.CREACION, choices=Estado.choices, protected=True)
    version = models.PositiveIntegerField("versión", default=1)
    meses_archivo = models.PositiveSmallIntegerField("meses para archivar")
    recibida_en = models.DateTimeField("recibida por primera vez en", null=True)
    ultima_accion_en = models.DateTimeField("último acto del titular")
    ultimo_acto_en = models.DateTimeField("último acto de quien fuera", null=True)
    base_plazo = models.DateField("base del plazo", null=True)
    ciclo = models.PositiveIntegerField("ciclo del plazo", default=0)
    archivar_el = models.DateField("se archiva el", null=True)
    espera_desde_ciclo = models.PositiveIntegerField("ciclo en espera de aviso", null=True)
    en_cola_desde = models.DateTimeField("en cola desde", null=True)
    notificada_en = models.DateTimeField("notificada en", null=True)
    admitida_en = models.DateTimeField("admitida en", null=True)
    archivada_en = models.DateTimeField("archivada en", null=True)
    causa_archivo = models.CharField("causa del archivo", max_length=13, choices=Causa.choices, blank=True)
    estado_al_archivar = models.CharField("estado al archivar", max_length=9, blank=True)

    class Meta:
        abstract = True

    def momento(self, ahora: datetime) -> datetime:
        """The moment to write for an act whose clock said `ahora`: never before the row's last act.

        `ahora` was read before waiting for the lock, perhaps on another machine: acts are ordered by who had
        the lock first (docs/decisiones/0013-el-orden-es-de-la-fila.md). The caller holds the lock, and saves.
        """
        self.ultimo_acto_en = momento(ahora, self.ultimo_acto_en, self.ultima_accion_en, self.admitida_en)
        return self.ultimo_acto_en

    def registrar_acto(self, ahora: datetime) -> None:
        """Note an act of its owner: the clock starts again and the version moves (matriz.md §6)."""
        self.ultima_accion_en = ahora
        self.version += 1
        if self.estado == Estado.CREACION or (self.estado == Estado.OBSERVADA and self.notificada_en):
            self.correr_plazo(timezone.localdate(ahora))

    def correr_plazo(self, base: date) -> None:
        """Start the archive clock on `base`; a new base is a new cycle of reminders (matriz.md §6)."""
        if base != self.base_plazo:
            self.base_plazo, self.ciclo = base, self.ciclo + 1
            self.archivar_el = plazo.archivar_el(base, self.meses_archivo)

    def parar_plazo(self) -> None:
        """The clock does not run: the time is the office's, or nobody was told yet."""
        self.base_plazo = self.archivar_el = None

    @transition(field=estado, source=Estado.CREACION, target=Estado.RECIBIDA)
    def enviar(self, ahora: datetime) -> None:
        """T1: ONSEC has it; the time that runs now is the office's, not the person's (FB1)."""
        self.recibida_en = self.en_cola_desde = ahora
        self.parar_plazo()

    @transition(field=estado, source=Estado.RECIBIDA, target=Estado.OBSERVADA)
    def observar(self) -> None:
        """T2: back to its owner; the clock waits until somebody is notified (FB0)."""
        self.version += 1
        self.notificada_en = self.en_cola_desde = None
        self.parar_plazo()

    @transition(field=estado, source=Estado.OBSERVADA, target=Estado.RECIBIDA)
    def reenviar(self, ahora: datetime) -> None:
        """T3: the correction is ONSEC's; the date of entry does not change (C5)."""
        self.en_cola_desde = ahora
        self.parar_plazo()

    @transition(field=estado, source=Estado.RECIBIDA, target=Estado.ADMITIDA)
    def admitir(self, ahora: datetime) -> None:
        """T4: the end of this scope (art. 31 §2 of the Ley, 24 of the Reglamento)."""
        self.version += 1
        self.admitida_en, self.en_cola_desde = ahora, None

    @transition(field=estado, source=[Estado.CREACION, Estado.OBSERVADA], target=Estado.ARCHIVADA)
    def archivar(self, ahora: datetime) -> None:
        """T5: six months of silence."""
        self._cerrar(Causa.PLAZO, ahora)

    @transition(field=estado, source=[*ARCHIVABLES], target=Estado.ARCHIVADA)
    def desistir(self, ahora: datetime) -> None:
        """T6: its owner withdraws."""
        self.ultima_accion_en = ahora
        self._cerrar(Causa.DESISTIMIENTO, ahora)

    def _cerrar(self, causa: str, ahora: datetime) -> None:
        self.version += 1
        self.causa_archivo, self.estado_al_archivar, self.archivada_en = causa, self.estado, ahora
        self.en_cola_desde = None
        self.parar_plazo()

    @transition(field=estado, source=Estado.ARCHIVADA, target=RETURN_VALUE(*ARCHIVABLES))
    def desarchivar(self, ahora: datetime) -> str:
        """T7, T7a: back to the state it had; the clock begins again (FB4)."""
        self.version += 1
        anterior = Estado(self.estado_al_archivar)
        self.causa_archivo, self.estado_al_archivar, self.archivada_en = "", "", None
        if anterior == Estado.RECIBIDA:
            self.en_cola_desde = ahora
        elif anterior == Estado.CREACION or self.notificada_en:
            self.correr_plazo(timezone.localdate(ahora))
        return anterior
