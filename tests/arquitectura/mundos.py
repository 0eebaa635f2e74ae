"""A Gestión in each state of the matrix, reached by real actions, and everyone who may knock at its door."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone

from cuentas.models import Usuario
from tests.arquitectura.matriz import (
    BORRADOR_ARCHIVADO,
    CON_DUENO,
    ENVIADA_ARCHIVADA,
    SIN_FALLA,
    SIN_PREVIO,
)
from tests.tramites import escenas
from tramites.acciones.admitir import admitir
from tramites.acciones.registrar_falla import registrar_falla
from tramites.models import Documento, Gestion
from tramites.reglas.notificacion import evento_del_previo


@dataclass
class Mundo:
    """A Gestión in a state, reached by real actions, with everyone who may knock at its door."""

    gestion: Gestion
    gente: dict[str, Usuario]
    otra: Usuario
    cambios: dict[str, str] = field(default_factory=dict)

    @property
    def actual(self) -> Gestion:
        """The Gestión as it stands."""
        return Gestion.de(self.gestion.solicitante, self.gestion.numero)

    def documento(self) -> Documento:
        """The file of renglón 1."""
        return next(d for d in self.actual.documentos_vigentes if d.renglon == 1)


def gente_de(titular: Usuario) -> dict[str, Usuario]:
    papeles = {"A": "analista", "J": "jefatura", "D": "administracion", "U": "auditoria", "K": "consulta"}
    return {
        "T": titular,
        "X": escenas.titular(),
        **{clave: escenas.analista(papel=papel) for clave, papel in papeles.items()},
    }


# ── the worlds ────────────────────────────────────────────────────────────────


def _creacion(titular: Usuario, _ana: Usuario) -> Gestion:
    return escenas.con_archivos(titular)


def _sin_dueno(titular: Usuario, _ana: Usuario) -> Gestion:
    return escenas.enviada_sin_papeles(titular)


def _recibida(titular: Usuario, ana: Usuario) -> Gestion:
    return escenas.observar_en(escenas.tomada(titular, ana), ana, {}, {})


def _observada(titular: Usuario, ana: Usuario) -> Gestion:
    return escenas.observada(titular, ana, pasos={"juramento": "FALTA EL DETALLE."}, casos={1: escenas.FIRMA})


def _con_falla(titular: Usuario, ana: Usuario) -> Gestion:
    gestion = _observada(titular, ana)
    evento = evento_del_previo(gestion.numero)
    registrar_falla(evento_id=evento.pk, ahora=timezone.now())
    return gestion


def _admitida(titular: Usuario, ana: Usuario) -> Gestion:
    gestion = escenas.reponer(escenas.rehacer(_observada(titular, ana), "juramento"), 1)
    escenas.remandar(gestion)
    gestion = escenas.dictaminar(gestion, ana, renglon=1)
    admitir(numero=gestion.numero, actor=ana, version=gestion.version, ahora=timezone.now())
    return Gestion.de(titular, gestion.numero)


def _archivada(titular: Usuario, ana: Usuario) -> Gestion:
    return escenas.archivada(_observada(titular, ana))


def _borrador_archivado(titular: Usuario, _ana: Usuario) -> Gestion:
    return escenas.archivada(escenas.con_archivos(titular))


MUNDOS: dict[str, tuple[Callable[[Usuario, Usuario], Gestion], dict[str, str]]] = {
    "CREACION": (_creacion, {}),
    "RECIBIDA sin dueño": (_sin_dueno, SIN_PREVIO),
    "RECIBIDA": (_recibida, CON_DUENO | SIN_PREVIO),
    "OBSERVADA": (_observada, SIN_FALLA),
    "OBSERVADA con aviso fallido": (_con_falla, {}),
    "ADMITIDA": (_admitida, {}),
    "ARCHIVADA": (_archivada, ENVIADA_ARCHIVADA),
    "ARCHIVADA borrador": (_borrador_archivado, BORRADOR_ARCHIVADO),
}
