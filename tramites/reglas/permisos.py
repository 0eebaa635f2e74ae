"""Who may do what in which state: matriz.md §3 as a table; the only one in the code.

Every action asks its row under its lock and every page before it shows the door: nowhere else is a role named
to allow or to refuse. What its owner only reads needs no row: `Gestion.de` finds nobody else's.
"""

from typing import Any

from django.utils import timezone

from cuentas.models import Usuario
from tramites.models import Causa, Estado, Gestion

from .rechazos import CAMBIO, POR_ESTADO, AccionRechazada, Conflicto

T, ASIGNADO, ANALISTA, JEFATURA = "T", "A*", "A", "J"
ADMINISTRACION, AUDITORIA, CONSULTA = "D", "U", "K"
PAPELES = {
    Usuario.Papel.ANALISTA: ANALISTA,
    Usuario.Papel.JEFATURA: JEFATURA,
    Usuario.Papel.ADMINISTRACION: ADMINISTRACION,
    Usuario.Papel.AUDITORIA: AUDITORIA,
    Usuario.Papel.CONSULTA: CONSULTA,
}
CREACION, RECIBIDA, OBSERVADA = Estado.CREACION, Estado.RECIBIDA, Estado.OBSERVADA
ADMITIDA, ARCHIVADA = Estado.ADMITIDA, Estado.ARCHIVADA
ENVIADAS = (RECIBIDA, OBSERVADA, ADMITIDA, ARCHIVADA)

# action → state → roles; a state that is absent is a 409 for whoever may in another.
MATRIZ: dict[str, dict[Estado, str]] = {
    "guardar_paso": {CREACION: "T", OBSERVADA: "T"},
    "confirmar_enterado": {CREACION: "T", OBSERVADA: "T"},
    "cargar": {CREACION: "T", RECIBIDA: "T", OBSERVADA: "T", ADMITIDA: "T"},
    "retirar": {CREACION: "T", OBSERVADA: "T"},
    "enviar": {CREACION: "T"},
    "reenviar": {OBSERVADA: "T"},
    "desistir": {CREACION: "T", RECIBIDA: "T", OBSERVADA: "T"},
    "retomar": {ARCHIVADA: "T"},
    "pedir_rectificacion": dict.fromkeys(ENVIADAS, "T"),
    "leer": {CREACION: "", **dict.fromkeys(ENVIADAS, "A* A J U")},
    "leer_archivo": {CREACION: "", **dict.fromkeys(ENVIADAS, "A* A J")},
    "leer_archivo_con_motivo": {CREACION: "", **dict.fromkeys(ENVIADAS, "U D")},
    "constancia": dict.fromkeys(ENVIADAS, "A* J"),
    "exportar_expediente": {RECIBIDA: "A* J U", OBSERVADA: "A* J U", ADMITIDA: "A* J U", ARCHIVADA: "J U"},
    "datos_internos": {RECIBIDA: "A* J", OBSERVADA: "A* J", ADMITIDA: "A* J", ARCHIVADA: "J"},
    "tomar": {RECIBIDA: "A J"},
    "liberar": {RECIBIDA: "A* J", OBSERVADA: "J"},
    "reasignar": {RECIBIDA: "J", OBSERVADA: "J"},
    "juzgar": {RECIBIDA: "A*"},
    "anotar": {RECIBIDA: "A* J", OBSERVADA: "A* J", ADMITIDA: "A* J", ARCHIVADA: "J"},
    "vista_previa": {RECIBIDA: "A* J", OBSERVADA: "A* J", ADMITIDA: "A* J", ARCHIVADA: "J"},
    "observar": {RECIBIDA: "A*"},
    "admitir": {RECIBIDA: "A*"},
    "registrar_notificacion": {OBSERVADA: "A* J"},
    "reintentar_correo": {
        CREACION: "D",
        RECIBIDA: "D A*",
        OBSERVADA: "D A*",
        ADMITIDA: "D A*",
        ARCHIVADA: "D",
    },
    "desarchivar": {ARCHIVADA: "J"},
    # of no Gestión: asked with `exigir_papel` or `tiene_papel`
    "bandeja": dict.fromkeys(ENVIADAS, "A J U"),
    "reservadas": dict.fromkeys(ENVIADAS, "J"),
    "borradores": {CREACION: "J"},
    "consultar": dict.fromkeys(ENVIADAS, "K"),
    "estadisticas": dict.fromkeys(ENVIADAS, "A J U D"),
    "bitacora": dict.fromkeys(Estado, "U"),
    "verificar_bitacora": dict.fromkeys(Estado, "U D"),
}

# A draft that was archived without ever being sent is, for these, the draft it was.
COMO_BORRADOR = frozenset(
    {
        "leer",
        "leer_archivo",
        "leer_archivo_con_motivo",
        "constancia",
        "datos_internos",
        "vista_previa",
        "pedir_rectificacion",
        "exportar_expediente",
    }
)


# What decides or takes in hand: only of whom it is known that the Gestión is not theirs (matriz.md §2).
CON_CUI = frozenset(
    {
        "tomar",
        "liberar",
        "reasignar",
        "juzgar",
        "observar",
        "admitir",
        "desarchivar",
        "registrar_notificacion",
        "datos_internos",
    }
)


class SinCui(AccionRechazada):
    """One of the staff has not said their own CUI yet: it is asked before they decide."""

    def __init__(self) -> None:
        super().__init__("Antes de decidir, escriba su CUI en «Su CUI».")


class NoPermitido(Exception):
    """The role may not, whatever the state: a 403."""


def papeles_de(gestion: Gestion, actor: Any) -> frozenset[str]:
    """The roles of that person on that Gestión; none for staff on a Gestión of their own CUI (S18)."""
    if actor.pk == gestion.solicitante_id:
        return frozenset({T})
    if not actor.es_personal or (actor.cui and actor.cui == gestion.titular_cui):
        return frozenset()
    suyo = PAPELES[actor.papel]
    if gestion.asignada_a_id == actor.pk and suyo in (ANALISTA, JEFATURA):
        # Jefatura that took it for itself also acts as its analyst (matriz.md §1).
        return frozenset({ASIGNADO} | ({JEFATURA} if suyo == JEFATURA else set()))
    return frozenset({suyo})


def puede(gestion: Gestion, actor: Any, accion: str) -> bool:
    """Whether the table allows it now; guards may still refuse."""
    permitidos = MATRIZ[accion].get(_estado(gestion, accion), "").split()
    return bool(papeles_de(gestion, actor) & set(permitidos))


def _estado(gestion: Gestion, accion: str) -> Estado:
    sin_enviar = gestion.estado == ARCHIVADA and gestion.recibida_en is None
    return CREACION if sin_enviar and accion in COMO_BORRADOR else Estado(gestion.estado)


def exigir(gestion: Gestion, actor: Any, accion: str, version: int | None = None) -> None:
    """Raise `NoPermitido` if the role may not, `Conflicto` if the state or what changed since forbids it.

    `version` is the one `actor` saw when deciding. Whoever held the Gestión then is told who holds it
    now, and not that the role may not.
    """
    papeles = papeles_de(gestion, actor)
    if version not in (None, gestion.version) and papeles_con(accion) & _pudo_tener(papeles):
        raise Conflicto(_que_cambio(gestion, actor))
    if puede(gestion, actor, accion):
        return _exigir_cui(actor, accion)
    if ASIGNADO in papeles:
        papeles |= {ANALISTA}  # whoever holds it is still an analyst: what the state forbids is a 409
    if _estado(gestion, accion) in MATRIZ[accion] or not papeles & papeles_con(accion):
        raise NoPermitido(f"{actor.pk} no puede {accion} la Gestión {gestion.numero}")
    raise Conflicto(_que_cambio(gestion, actor))


def exigir_papel(actor: Any, accion: str) -> None:
    """Raise `NoPermitido` if that person may in no state of any Gestión, `SinCui` if theirs is not known."""
    if not tiene_papel(actor, accion):
        raise NoPermitido(f"{actor.pk} no puede {accion}")
    _exigir_cui(actor, accion)


def tiene_papel(actor: Any, accion: str) -> bool:
    """Whether that person may in some state of some Gestión."""
    return PAPELES.get(actor.papel) in papeles_con(accion)


def con_motivo(gestion: Gestion, actor: Any) -> bool:
    """Whether that person reads its files, or takes them away, only with a written reason (matriz.md §3)."""
    return not puede(gestion, actor, "leer_archivo")


def exigir_exportable(gestion: Gestion, actor: Any) -> None:
    """Raise `NoPermitido` or `Conflicto`; no actor is whoever runs the server, bound by the state alone."""
    if actor is not None:
        exigir(gestion, actor, "exportar_expediente")
    elif gestion.recibida_en is None:
        raise Conflicto("Esta Gestión todavía no se ha enviado.")


def _exigir_cui(actor: Any, accion: str) -> None:
    if accion in CON_CUI and not actor.cui:
        raise SinCui


def papeles_con(accion: str) -> frozenset[str]:
    """The roles that may in some state."""
    return frozenset(papel for lista in MATRIZ[accion].values() for papel in lista.split())


def _pudo_tener(papeles: frozenset[str]) -> frozenset[str]:
    return papeles | {ASIGNADO} if papeles & {ANALISTA, JEFATURA} else papeles


def _que_cambio(gestion: Gestion, actor: Any) -> str:
    """The cause of a conflict, for its owner or for the desk (mensajes.md §4)."""
    if gestion.recibida_en is None and gestion.estado == CREACION:
        return "Esta Gestión todavía no se ha enviado."
    if actor.es_ciudadano:
        return POR_ESTADO[Estado(gestion.estado)]
    if gestion.archivada_en and gestion.causa_archivo == Causa.DESISTIMIENTO:
        return f"La persona desistió el {timezone.localdate(gestion.archivada_en):%d-%m-%Y}."
    ajena = gestion.asignada_a_id not in (None, actor.pk)
    return f"{gestion.asignada_a} la tiene ahora." if ajena else CAMBIO


def exigir_version(gestion: Gestion, version: int) -> None:
    """Refuse an act decided on a page that is no longer what stands."""
    if gestion.version != version:
        raise Conflicto(CAMBIO)
