"""The cache in Redis; while it does not answer, one in this process's memory (docs/decisiones/0021)."""

from functools import cached_property, partialmethod
from typing import Any

import structlog
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from ceo_portal.cortacircuito import REDIS

logger = structlog.get_logger(__name__)
EN_MEMORIA = "mientras-vuelve-redis"


class Cliente(RedisCacheClient):
    """Django's of one server, which it would build anew for each call."""

    @cached_property
    def _unico(self) -> Any:
        return super().get_client(write=True)

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        return self._unico


class CacheTolerante(RedisCache):
    """No page fails or waits for the cache: the limits go on counting, each process by itself."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Cliente
        self._local = self._suplente()

    def _suplente(self) -> BaseCache:
        return LocMemCache(EN_MEMORIA, {"OPTIONS": {"MAX_ENTRIES": 10_000}})

    def _intentar(self, operacion: str, *args: Any, **kwargs: Any) -> Any:
        if REDIS.deja_pasar():
            try:
                valor = getattr(super(), operacion)(*args, **kwargs)
            except (RedisError, OSError) as error:
                if REDIS.cortar():
                    logger.warning("redis_no_responde", error=type(error).__name__)
            else:
                REDIS.restablecer()
                return valor
        return getattr(self._local, operacion)(*args, **kwargs)

    add = partialmethod(_intentar, "add")
    get = partialmethod(_intentar, "get")
    set = partialmethod(_intentar, "set")
    touch = partialmethod(_intentar, "touch")
    delete = partialmethod(_intentar, "delete")
    has_key = partialmethod(_intentar, "has_key")
    incr = partialmethod(_intentar, "incr")
    get_many = partialmethod(_intentar, "get_many")
    set_many = partialmethod(_intentar, "set_many")
    delete_many = partialmethod(_intentar, "delete_many")

    def clear(self) -> Any:
        self._local.clear()
        return self._intentar("clear")


class CacheDeLoGuardado(CacheTolerante):
    """Of what the database holds: while Redis does not answer, it remembers nothing and that one is asked."""

    def _suplente(self) -> BaseCache:
        return DummyCache(EN_MEMORIA, {})
