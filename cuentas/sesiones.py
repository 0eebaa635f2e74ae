"""Sessions: rows of the database, which the cache remembers and never replaces (decision 33)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as EnLaBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db.models import Exists
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from escritura.preparadas import Objetos, Parametro

from .models import Usuario

# A session in use is written no more often than this, so that looking at pages writes nothing.
TOQUE_S = 60
# Under it, in the cache, each session's last use: no key that a cookie may bring leads there.
USO = "uso"


class SessionStore(EnLaBase):
    """A session of Django's table, whose reading the cache saves to whoever signed in.

    Every writing moves the row's `expire_date` (here `vence`): what the cache remembers holds while the row
    still has that one, which the query for its `persona` tells. So a session that ended is over at once in
    every process, and neither a Redis that was away nor a late writer brings anything back.
    """

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.vence = timezone.now()
        self.persona: Usuario | None = None

    @property
    def escrita_en(self) -> float:
        """When the row was last written, seconds since the epoch: its last use, or up to TOQUE_S before."""
        return self.vence.timestamp() - self.get_session_cookie_age()

    @property
    def ultimo_uso(self) -> float:
        """As the cache remembers, to the second; forgotten, the latest that it may have been."""
        return self._cache.get(self.session_key, version=USO) or self.escrita_en + TOQUE_S

    def get_session_cookie_age(self) -> int:
        """The longest without use, and what may pass between two writings."""
        return settings.SESSION_COOKIE_AGE + TOQUE_S

    def load(self) -> dict[str, Any]:
        if (datos := self._recordada()) is not None:
            return datos
        fila = self._get_session_from_db()  # type: ignore[attr-defined]
        if fila is None:
            return {}
        self.vence, datos = fila.expire_date, self.decode(fila.session_data)
        self._recordar(datos)
        return datos

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        fila = super().create_model_instance(data)
        self.vence = fila.expire_date
        return fila

    def save(self, must_create: bool = False) -> None:
        """Django's; what exists already is one statement. Raises UpdateError if it was deleted meanwhile."""
        if must_create or self.session_key is None:
            super().save(must_create)
        else:
            fila = self.create_model_instance(self._datos)
            escrita = {"session_data": fila.session_data, "expire_date": fila.expire_date}
            if not Session.objects.filter(session_key=self.session_key).update(**escrita):
                raise UpdateError
        self._recordar(self._datos)
        self._anotar_uso(self.escrita_en)

    def delete(self, session_key: str | None = None) -> None:
        super().delete(session_key)
        if llave := session_key or self.session_key:
            self._cache.delete(llave)

    def usar(self, ahora: float) -> None:
        """It is in use now: the cache remembers when, and the row, at most once in TOQUE_S."""
        self.tocar()
        self._anotar_uso(ahora)

    def tocar(self) -> None:
        """Put its end off, if it is time, without writing what it holds; nearer, if the clock was put back.

        Another request that wrote meanwhile has put it off already. A cookie with a date is sent anew.
        """
        vence = self.get_expiry_date()
        if abs(vence - self.vence) < timedelta(seconds=TOQUE_S):
            return
        if not self.get_expire_at_browser_close():
            self.modified = True
        elif self._filas(self.vence).update(expire_date=vence):
            self.vence = vence
            if not self.modified:
                self._recordar(self._datos)

    @classmethod
    def clear_expired(cls) -> None:
        """Those that `load` finds no more."""
        Session.objects.filter(expire_date__lte=timezone.now()).delete()

    @property
    def _cache(self) -> Any:
        return caches[settings.SESSION_CACHE_ALIAS]

    @property
    def _datos(self) -> dict[str, Any]:
        return self._get_session()  # type: ignore[attr-defined]

    def _filas(self, vence: datetime) -> Any:
        return Session.objects.filter(session_key=self.session_key, expire_date=vence)

    def _recordar(self, datos: dict[str, Any]) -> None:
        if auth.SESSION_KEY in datos:
            self._cache.set(self.session_key, (self.vence, datos), self.get_session_cookie_age())

    def _anotar_uso(self, cuando: float) -> None:
        if auth.SESSION_KEY in self._datos:
            self._cache.set(self.session_key, cuando, self.get_session_cookie_age(), version=USO)

    def _recordada(self) -> dict[str, Any] | None:
        """The cached session, if its row has not been written since. The same query reads its person."""
        copia: tuple[datetime, dict[str, Any]] | None = self._cache.get(self.session_key)
        if copia is None or copia[0] <= timezone.now():
            return None
        vence, datos = copia
        personas = _personas.con(persona=datos[auth.SESSION_KEY], llave=self.session_key, vence=vence)
        if not personas:
            return None
        self.vence, self.persona = vence, personas[0]
        return datos


# The person who signed in, provided that the session's row still has the expiry that was cached.
_personas = Objetos(
    lambda: Usuario.objects.de_la_visita().filter(
        Exists(
            Session.objects.filter(
                session_key=Parametro("llave", Session._meta.pk),
                expire_date=Parametro("vence", Session._meta.get_field("expire_date")),
            )
        ),
        pk=Parametro("persona", Usuario._meta.pk),
    )
)


class Identificacion(AuthenticationMiddleware):
    """Django's middleware, but it uses the person that came with a cached session, without another query."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _quien(request))  # type: ignore[assignment]


def _quien(request: HttpRequest) -> Any:
    """The person already read, if active and with the session's password hash; otherwise, `auth.get_user`."""
    sesion = request.session
    resumen = sesion.get(auth.HASH_SESSION_KEY, "")
    persona = getattr(sesion, "persona", None)
    if persona and persona.is_active and constant_time_compare(resumen, persona.get_session_auth_hash()):
        return persona
    return auth.get_user(request)
