"""Sessions: rows of the database, which the cache remembers and never replaces (decision 33)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, UpdateError
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
# What Django makes a session's key of.
LARGO, SIGNOS = 32, frozenset(VALID_KEY_CHARS)
# Under it, in the cache, each session's last use: no key that a cookie may bring leads there.
USO = "uso"


class SessionStore(EnLaBase):
    """A session in Django's table. Once signed in, a copy in the cache saves reading and decoding the row.

    Every write changes the row's `expire_date` (here `vence`), and the copy carries the one it was made with:
    it is used only while the row still has that value, which the query that reads the person checks. So a
    session that ended is over at once in every process, and an old copy in Redis cannot bring it back.
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
        """From the cache, to the second. If the cache lost it, the latest moment that it can have been."""
        return self._cache.get(self.session_key, version=USO) or self.escrita_en + TOQUE_S

    def get_session_cookie_age(self) -> int:
        """The longest time without use, plus the TOQUE_S that may pass between two writes of the row."""
        return settings.SESSION_COOKIE_AGE + TOQUE_S

    def _validate_session_key(self, key: str | None) -> bool:
        """Whether it may be one of ours: nothing else that a cookie brings is looked for anywhere."""
        return bool(key and len(key) == LARGO and not set(key) - SIGNOS)

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
        """As Django's, but an existing row costs one UPDATE. Raises UpdateError if it was deleted."""
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
        """Note that it is in use: in the cache each time, in the row at most once in TOQUE_S."""
        self.tocar()
        self._anotar_uso(ahora)

    def tocar(self) -> None:
        """Move the row's end to where it belongs, if that is TOQUE_S or more away, without writing its data.

        Nothing is done if another request wrote the row meanwhile: it has moved the end already. A session
        whose cookie has a date is saved whole, so that the cookie is sent again.
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
        """Delete the rows of ended sessions."""
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
