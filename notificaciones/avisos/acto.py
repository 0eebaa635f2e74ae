"""An act as its notices see it: its event, and the Gestión as the act left it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bitacora.models import Evento
from cuentas.models import Usuario
from tramites.models import Gestion


@dataclass(frozen=True)
class Acto:
    """An event and its Gestión as the act left it; `personal` gives the active staff of a role."""

    evento: Evento
    en: Gestion | None = None
    personal: Callable[[str], list[Usuario]] = lambda _: []

    @property
    def gestion(self) -> Gestion:
        """The Gestión of an act on one; LookupError in the acts on an account."""
        if self.en is None:
            raise LookupError(self.evento)
        return self.en


def actos(eventos: Iterable[Evento]) -> Iterator[Acto]:
    """Each event with its Gestión: one query however many, and one per role that is asked for."""
    eventos = list(eventos)
    numeros = {e.gestion for e in eventos if e.gestion}
    gestiones = Gestion.objects.select_related("solicitante", "asignada_a").in_bulk(numeros)
    personal = cache(_personal)
    for evento in eventos:
        yield Acto(evento, gestiones[evento.gestion] if evento.gestion else None, personal)


def _personal(papel: str) -> list[Usuario]:
    return list(Usuario.objects.filter(tipo=Usuario.Tipo.PERSONAL, papel=papel, is_active=True))
