"""Erases the files that no row promises: of a killed upload, a half print, a removal cut short."""

import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField

from papeles import marcas
from papeles.almacen import CARPETA
from tramites.models import Gestion

# No upload or print takes so long. If one did, it would find its file gone, and say so.
EDAD = timedelta(hours=1)
LOTE, LOTE_DE_CARPETAS = 500, 100
NUMERO = re.compile(r"[1-9][0-9]{0,17}")  # the folder of a Gestión

logger = logging.getLogger(__name__)


def barrer_archivos(*, anteriores_a: datetime, simular: bool = False, completo: bool = False) -> int:
    """Erase those last written before that moment (aware); how many. Memory does not grow with the files.

    It looks in the folders touched since it last did (`papeles/marcas.py`); in all of them if `completo`, and
    until it has once come to their end. Whoever is about to promise a file holds its Gestión: each is looked
    at again with that row locked. With `simular` they are only counted.
    """
    raiz, cuantos = Path(default_storage.path(CARPETA)), 0
    todas = completo or not marcas.recorrida(raiz)
    carpetas = filter(NUMERO.fullmatch, _carpetas() if todas else marcas.tomar(raiz))
    while grupo := list(islice(carpetas, LOTE_DE_CARPETAS)):
        cuantos += _barrer(grupo, anteriores_a, simular)
        for nombre in () if todas or simular else grupo:
            marcas.soltar(raiz, nombre, anterior_a=anteriores_a)
    if todas and not simular:
        marcas.anotar_recorrido(raiz)
    if cuantos and not simular:
        logger.warning("archivos_barridos cuantos=%s", cuantos)
    return cuantos


def _barrer(carpetas: Iterable[str], anteriores_a: datetime, simular: bool) -> int:
    cuantos, archivos = 0, _anteriores(carpetas, anteriores_a)
    while lote := list(islice(archivos, LOTE)):
        prometidos = _prometidos({numero for numero, _ in lote}, [nombre for _, nombre in lote])
        for numero, nombre in lote:
            if nombre not in prometidos:
                cuantos += simular or _borrar(numero, nombre, anteriores_a)
    return cuantos


def _borrar(numero: int, nombre: str, anteriores_a: datetime) -> bool:
    with transaction.atomic():
        Gestion.objects.select_for_update().filter(pk=numero).first()
        ruta = Path(default_storage.path(nombre))
        if _prometidos([numero], [nombre]):
            return False
        with suppress(FileNotFoundError):
            if _es_anterior(ruta.stat(), anteriores_a):
                ruta.unlink()
                return True
        return False


def _prometidos(numeros: Iterable[int], nombres: Iterable[str]) -> set[str]:
    """Which of those names, of those Gestiones, a row bears in any of the engine's fields of files."""
    return {
        nombre
        for modelo in apps.get_app_config("tramites").get_models()
        for campo in modelo._meta.get_fields()
        if isinstance(campo, FileField)
        for nombre in modelo._default_manager.filter(
            gestion__in=numeros, **{f"{campo.name}__in": nombres}
        ).values_list(campo.name, flat=True)
    }


def _anteriores(carpetas: Iterable[str], momento: datetime) -> Iterator[tuple[int, str]]:
    """Number of Gestión and name in the storage of each file there written before, one by one."""
    for carpeta in carpetas:
        if not os.path.islink(default_storage.path(f"{CARPETA}/{carpeta}")):
            for entrada in _entradas(f"{CARPETA}/{carpeta}"):
                if entrada.is_file(follow_symlinks=False) and _es_anterior(entrada.stat(), momento):
                    yield int(carpeta), f"{CARPETA}/{carpeta}/{entrada.name}"


def _carpetas() -> Iterator[str]:
    return (carpeta.name for carpeta in _entradas(CARPETA) if carpeta.is_dir(follow_symlinks=False))


def _entradas(carpeta: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(default_storage.path(carpeta)) as entradas:
            yield from entradas
    except FileNotFoundError:
        return


def _es_anterior(estado: os.stat_result, momento: datetime) -> bool:
    return estado.st_mtime < momento.timestamp()
