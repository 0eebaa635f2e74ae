"""Databases of several sizes in one process, timed in turn: each is migrated and filled once a run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

_abiertas: dict[int, BaseDatabaseWrapper] = {}
# What it took to fill each one.
segundos: dict[int, float] = {}


def usar(gestiones: int) -> None:
    """From here on the process works on the database with so many Gestiones; 0 has the catalogues alone."""
    settings.RUTA_ANCLAS = settings.RUTA_VAR / "anclas" / str(gestiones)  # each log with its own anchors
    if gestiones not in _abiertas:
        _abiertas[gestiones] = _nueva(gestiones)
    connections["default"] = _abiertas[gestiones]


@contextmanager
def con(gestiones: int) -> Iterator[None]:
    """`usar`, and back to where it was."""
    anterior, anclas = connections["default"], settings.RUTA_ANCLAS
    usar(gestiones)
    try:
        yield
    finally:
        connections["default"], settings.RUTA_ANCLAS = anterior, anclas


@contextmanager
def propia(nombre: str) -> Iterator[None]:
    """A database with the catalogues alone for who leaves in it what no other should find; then it goes."""
    anterior, anclas = connections["default"], settings.RUTA_ANCLAS
    settings.RUTA_ANCLAS = settings.RUTA_VAR / "anclas" / nombre
    connections["default"] = _crear(nombre)
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"], settings.RUTA_ANCLAS = anterior, anclas
        with anterior._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "bench_{nombre}"')


def cerrar() -> None:
    """Let go of every connection, before the cluster stops."""
    for conexion in _abiertas.values():
        conexion.close()


def _nueva(gestiones: int) -> BaseDatabaseWrapper:
    propia, anterior = _crear(str(gestiones)), connections["default"]
    connections["default"] = propia
    try:
        if gestiones:
            inicio = time.monotonic()
            call_command("generar_gestiones", str(gestiones), stdout=StringIO())
            segundos[gestiones] = time.monotonic() - inicio
    finally:
        connections["default"] = anterior
    return propia


def _crear(nombre: str) -> BaseDatabaseWrapper:
    """The database `bench_<nombre>`, migrated."""
    base = connections["default"]
    with base._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "bench_{nombre}"')
    propia: Any = connections.create_connection("default")
    propia.settings_dict = {**base.settings_dict, "NAME": f"bench_{nombre}"}
    connections["default"] = propia
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        connections["default"] = base
    return propia
