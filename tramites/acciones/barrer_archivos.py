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

from papeles.almacen import CARPETA
from tramites.models import Gestion

# No upload or print takes so long. If one did, it would find its file gone, and say so.
EDAD = timedelta(hours=1)
LOTE = 500
NUMERO = re.compile(r"[1-9][0-9]{0,17}")  # the folder of a Gestión

logger = logging.getLogger(__name__)


def barrer_archivos(*, anteriores_a: datetime, simular: bool = False) -> int:
    """Erase those last written before that moment (aware); how many. Memory does not grow with the files.

    Whoever is about to promise one holds its Gestión: each is looked at again with that row locked. With
    `simular` they are only counted.
    """
    cuantos, archivos = 0, _anteriores(anteriores_a)
    while lote := list(islice(archivos, LOTE)):
        prometidos = _prometidos({numero for numero, _ in lote}, [nombre for _, nombre in lote])
        for numero, nombre in lote:
            if nombre not in prometidos:
                cuantos += simular or _borrar(numero, nombre, anteriores_a)
    if cuantos and not simular:
        logger.warning("archivos_barridos cuantos=%s", cuantos)
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


def _anteriores(momento: datetime) -> Iterator[tuple[int, str]]:
    """Number of Gestión and name in the storage of each file written before, one by one."""
    for carpeta in _entradas(CARPETA):
        if NUMERO.fullmatch(carpeta.name) and carpeta.is_dir(follow_symlinks=False):
            for entrada in _entradas(f"{CARPETA}/{carpeta.name}"):
                if entrada.is_file(follow_symlinks=False) and _es_anterior(entrada.stat(), momento):
                    yield int(carpeta.name), f"{CARPETA}/{carpeta.name}/{entrada.name}"


def _entradas(carpeta: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(default_storage.path(carpeta)) as entradas:
            yield from entradas
    except FileNotFoundError:
        return


def _es_anterior(estado: os.stat_result, momento: datetime) -> bool:
    return estado.st_mtime < momento.timestamp()
