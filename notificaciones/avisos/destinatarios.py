"""Whom an act may be told to (matriz.md §7)."""

from collections.abc import Callable, Iterable

from cuentas.models import Usuario
from tramites.reglas.revision import puede_revisar

from .acto import Acto

Destinatarios = Callable[[Acto], list[Usuario]]


def actor(acto: Acto) -> list[Usuario]:
    """Whoever did it: in the acts on an account, its owner."""
    return [acto.evento.actor] if acto.evento.actor else []


def titular(acto: Acto) -> list[Usuario]:
    """The owner of the Gestión."""
    return [acto.gestion.solicitante]


def analista(acto: Acto) -> list[Usuario]:
    """Who has it; if they may no longer review it, the supervisors: no notice stays mute."""
    quien = acto.gestion.asignada_a
    if quien is None:
        return []
    return [quien] if puede_revisar(acto.gestion, quien) else jefatura(acto)


def jefatura(acto: Acto) -> list[Usuario]:
    """Every supervisor."""
    return _ajenos(acto, acto.personal(Usuario.Papel.JEFATURA))


def analista_o_jefatura(acto: Acto) -> list[Usuario]:
    """Who has it; without one, the supervisors."""
    return analista(acto) or jefatura(acto)


def encargado(acto: Acto) -> list[Usuario]:
    """Who answers what people ask about their data."""
    encargados = acto.personal(Usuario.Papel.ADMINISTRACION)
    return _ajenos(acto, encargados) if acto.en else encargados


def custodios(acto: Acto) -> list[Usuario]:
    """Who answers for what is kept, the log and the files: auditoría and administración."""
    quienes = acto.personal(Usuario.Papel.AUDITORIA) + acto.personal(Usuario.Papel.ADMINISTRACION)
    return _ajenos(acto, quienes) if acto.en else quienes


def persona(campo: str) -> Destinatarios:
    """The person whose key the act keeps under that name, if any."""
    return lambda acto: list(Usuario.objects.filter(pk=acto.evento.datos.get(campo), is_active=True))


def _ajenos(acto: Acto, personal: Iterable[Usuario]) -> list[Usuario]:
    """Nobody hears of a Gestión of their own CUI (matriz.md §2)."""
    return [p for p in personal if not p.cui or p.cui != acto.gestion.titular_cui]
