"""Each reading is an event; turning pages, or one's own act on it, goes on with one (matriz.md §3)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from tramites.acciones.leer_archivo import leer_archivo
from tramites.acciones.leer_expediente import leer_expediente
from tramites.acciones.leer_impreso import leer_impreso as leer_impreso_de_onsec
from tramites.models import Gestion
from tramites.reglas.permisos import NoPermitido, con_motivo, exigir

DURACION = timedelta(minutes=30)


def leer(request: HttpRequest, gestion: Gestion, *, sigue: bool = False) -> None:
    """The expediente is read; what goes on with a reading of the last half hour (`sigue`) is that one.

    Raises `NoPermitido`.
    """
    exigir(gestion, request.user, "leer")
    if not (sigue and _leyendo(request, str(gestion.numero))):
        leer_expediente(gestion=gestion, actor=request.user, ahora=timezone.now())
        _anotar(request, str(gestion.numero))


def leer_documento(
    request: HttpRequest, gestion: Gestion, pk: UUID, *, motivo: str = "", sigue: bool = False
) -> None:
    """A file is read. Raises `NoPermitido` if that takes a reason and none was written for this reading."""
    pide_motivo = con_motivo(gestion, request.user)
    exigir(gestion, request.user, "leer_archivo_con_motivo" if pide_motivo else "leer_archivo")
    if not (sigue and _leyendo(request, str(pk))):
        if pide_motivo and not motivo:
            raise NoPermitido(f"{request.user.pk} lee sin motivo")
        leer_archivo(gestion=gestion, actor=request.user, pk=pk, motivo=motivo, ahora=timezone.now())
        _anotar(request, str(pk))


def leer_impreso(request: HttpRequest, gestion: Gestion, impreso: str) -> None:
    """A paper of ONSEC's is opened; each time is a reading. Raises `NoPermitido`."""
    leer_impreso_de_onsec(gestion=gestion, actor=request.user, impreso=impreso, ahora=timezone.now())


def volver(request: HttpRequest, gestion: Gestion) -> None:
    """One's own act on the page ends in the page again: the next one shown is the same reading."""
    request.session["vuelve"] = gestion.numero


def sigue(request: HttpRequest, gestion: Gestion) -> bool:
    """Whether the page is shown again to turn a file's pages, or after one's own act on it."""
    return request.session.pop("vuelve", None) == gestion.numero or "pagina" in request.GET


def _leyendo(request: HttpRequest, clave: str) -> bool:
    desde = request.session.get("lecturas", {}).get(clave)
    return bool(desde) and timezone.now() - datetime.fromisoformat(desde) < DURACION


def _anotar(request: HttpRequest, clave: str) -> None:
    """Keep in the session only the readings that still last."""
    limite = (timezone.now() - DURACION).isoformat()
    vivas = {c: d for c, d in request.session.get("lecturas", {}).items() if d > limite}
    request.session["lecturas"] = vivas | {clave: timezone.now().isoformat()}
