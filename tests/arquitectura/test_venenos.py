"""No address answers 500, whatever its path, its query string or its fields carry, whoever asks."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from cuentas.models import Usuario
from tests.arquitectura.test_direcciones import DIRECCIONES
from tests.fabricas import CiudadanoFactory, PersonalFactory
from tests.tramites import escenas

pytestmark = pytest.mark.django_db

VENENOS = [
    "\0",
    "%00",
    "a\0b",
    "\ud800",
    "\ufffe",
    "9" * 40,
    "-1",
    "0",
    "1e999",
    "NaN",
    "²",
    "٣",
    "(",
    "[",
    "*",
    "'",
    "--",
]
VENENOS += [
    "99999-99-99",
    "31/02/2024",
    "00000000",
    "999999999999/1/1",
    "{}",
    "a",
    "true",
    "\u202e",
    "x" * 5000,
]
NOMBRES = [
    "q",
    "p",
    "o",
    "all",
    "e",
    "pagina",
    "vista",
    "estado",
    "dias",
    "a_cargo",
    "orden",
    "desde",
    "hasta",
    "gestion",
]
NOMBRES += [
    "tipo",
    "persona",
    "next",
    "version",
    "ficha",
    "accion",
    "visto",
    "archivo",
    "texto",
    "motivo",
    "fecha",
    "a",
]
NOMBRES += [
    "_popup",
    "_to_field",
    "_selected_action",
    "action",
    "index",
    "anterior",
    "lista",
    "vigencia",
    "login",
    "email",
]
NOMBRES += [
    "cui",
    "correo",
    "fecha_nacimiento",
    "cursor",
    "renglon",
    "abierto",
    "documento",
    "codigo",
    "term",
    "medio",
]


# Who is turned away from an address that does not exist: there no view asks for a role.
SIN_PUERTA = ("", "ciudadano", Usuario.Papel.ADMINISTRACION)


@pytest.fixture
def _listas_cortas(monkeypatch) -> None:
    """The admin's lists are asked, not read: one row says as much as a hundred."""
    for mesa in admin.site._registry.values():
        monkeypatch.setattr(mesa, "list_per_page", 1)


def _quien(papel: str) -> Client:
    cliente = Client(raise_request_exception=False)
    if papel == "ciudadano":
        cliente.force_login(escenas.recibida(escenas.titular()).solicitante)
    elif papel:
        cliente.force_login(PersonalFactory(papel=papel))
    return cliente


def _caminos(nombre: str, argumentos: dict[str, Any]) -> Iterator[str]:
    """The address itself, and with each of its values poisoned."""
    camino = reverse(nombre, kwargs=argumentos) if nombre != "admin:None" else "/admin/x"
    yield camino
    for valor in {str(v) for v in argumentos.values()}:
        for veneno in ("a%00", "9" * 30, "%ED%A0%80"):
            yield camino.replace(f"/{valor}/", f"/{veneno}/", 1)


def _lleva_a_algo(camino: str) -> bool:
    """Whether it is some view's, and not the page of what does not exist."""
    try:
        return bool(resolve(unquote(camino)))
    except Resolver404:
        return False


@pytest.mark.usefixtures("_listas_cortas")
@pytest.mark.parametrize("papel", ["", "ciudadano", *Usuario.Papel.values])
def test_ningun_veneno_es_un_error_del_portal(papel):
    """S29, mensajes.md §6: bad input gets its sentence, never «algo falló»."""
    cliente, malas = _quien(papel), []
    for n, (nombre, argumentos) in enumerate(DIRECCIONES):
        if "logout" in nombre:
            continue
        for m, camino in enumerate(_caminos(nombre, argumentos)):
            if papel not in SIN_PUERTA and not _lleva_a_algo(camino):
                continue
            campos = {
                c: [VENENOS[(i + n + m) % len(VENENOS)].encode("utf-8", "replace").decode()] * 2
                for i, c in enumerate(NOMBRES)
            }
            for metodo in (cliente.get, cliente.post)[: 1 if m else 2]:
                if metodo(camino, campos).status_code >= 500:
                    malas.append(f"{metodo.__name__} {camino}")
    assert malas == []


@pytest.mark.parametrize("veneno", [r'"\000aaaaaaaaaaaa"', '"\\377\\377aaaaaaaaa"', "a" * 3000])
def test_una_galleta_no_tumba_la_pagina(settings, veneno):
    cliente = Client(
        raise_request_exception=False, headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={veneno}"}
    )
    assert cliente.get("/tramites/").status_code < 500


PREGUNTAS = [
    "password__startswith",
    "password__regex",
    "usuario__password__startswith",
    "actor__password__regex",
]
PREGUNTAS += [
    "pk__in",
    "nombre__regex",
    "vigente_desde__year",
    "fecha__year",
    "departamento__nombre__startswith",
    "\0",
]
PREGUNTAS += ["papel__regex", "is_active__in", "aceptaciones__ip", "email__startswith", "last_login__year"]


@pytest.mark.usefixtures("_listas_cortas")
@pytest.mark.parametrize("modelo", admin.site._registry, ids=lambda m: m._meta.label_lower)
def test_el_admin_solo_pregunta_lo_de_sus_filtros(modelo):
    """No password comes out letter by letter, and no look-up, order, page or row breaks the page."""
    mesa = _quien(Usuario.Papel.ADMINISTRACION)
    lista = reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist")
    for pregunta in PREGUNTAS:
        for valor in ("pbkdf2", "(", "\0", "9" * 20):
            assert mesa.get(lista, {pregunta: valor}).status_code in (302, 400), pregunta
    for clave in (
        "o",
        "p",
        "q",
        "all",
        "_popup",
        "_to_field",
        "_facets",
        "is_active__exact",
        "departamento__codigo__exact",
    ):
        for valor in ("\0", "99999999999999999999", "-1", "a.b", "(", "password", "²"):
            assert mesa.get(lista, {clave: valor}).status_code < 500, (clave, valor)
    acciones = admin.site._registry[modelo].actions or ["delete_selected"]
    for fila in ("a", "\0", "9" * 30, "-1", "", "²"):
        datos = {"action": acciones[0], "_selected_action": [fila, "1"], "index": "0"}
        assert mesa.post(lista, datos).status_code < 500, fila
        assert mesa.post(lista, {"_selected_action": fila, "_save": "1"}).status_code < 500


def test_los_filtros_del_admin_siguen_filtrando():
    mesa = _quien(Usuario.Papel.ADMINISTRACION)
    for modelo in admin.site._registry:
        lista = reverse(f"admin:{modelo._meta.app_label}_{modelo._meta.model_name}_changelist")
        for consulta in set(re.findall(r'href="(\?[^"]+)"', mesa.get(lista).content.decode())):
            respuesta = mesa.get(lista + consulta.replace("&amp;", "&"))
            assert respuesta.status_code == 200, consulta


def test_el_admin_busca_sin_tildes_y_ordena_como_el_espanol():
    mesa = _quien(Usuario.Papel.ADMINISTRACION)
    for apellido in ("ZEA", "ÑITO", "NUZ", "ÁLVAREZ", "B'ALAM"):
        PersonalFactory(primer_nombre="JOSÉ", primer_apellido=apellido)
    CiudadanoFactory(primer_nombre="JOSÉ", primer_apellido="AJENO")
    lista = reverse("admin:cuentas_usuario_changelist")
    hallados = [u.primer_apellido for u in mesa.get(lista, {"q": "jose"}).context["cl"].result_list]
    assert hallados == ["ÁLVAREZ", "B'ALAM", "NUZ", "ÑITO", "ZEA"]
    assert [
        u.primer_apellido for u in mesa.get(lista, {"q": "Jose  b´alam\u200b"}).context["cl"].result_list
    ] == ["B'ALAM"]
