"""Nothing typed, nor who somebody is, travels in an address: logs and histories keep those (S43)."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from cuentas.models import Usuario
from tests.arquitectura.mundos import MUNDOS, gente_de
from tests.arquitectura.test_direcciones import DIRECCIONES
from tests.fabricas import PersonalFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol

pytestmark = pytest.mark.django_db

# What a form may put in an address, with why.
EN_LA_DIRECCION = {
    "codigo",  # of a paper, which its QR carries; it names nobody (S16)
    "desde",
    "hasta",  # days of the statistics
    "descartar",
}
# What a link may ask: pages, orders, lists and keys of the database or of the session.
PREGUNTAS = EN_LA_DIRECCION | {
    *("next", "vista", "pagina", "orden", "estado", "dias", "a_cargo", "reservadas", "tipo", "gestion"),
    *("abrir", "ver", "grande", "version", "anterior", "b", "q", "v"),
    *("o", "p", "e", "all", "_facets", "_popup", "_to_field", "_changelist_filters"),
}
ESCRIBEN = {"text", "search", "email", "tel", "number", "date", "url", "password"}
CASOS = [("CREACION", "T-"), ("RECIBIDA", "AJDUK"), ("OBSERVADA", "T")]
AJENAS = ("mailto:", "tel:", "http", "data:", "#")


def direcciones(pagina) -> Iterator[str]:
    for elemento in pagina.iter():
        for atributo in ("href", "src", "action", "formaction"):
            if (valor := elemento.get(atributo)) and not valor.startswith(AJENAS):
                yield valor


def escritos(pagina) -> Iterator[str]:
    """The fields of its GET forms that somebody types in, or that carry what was typed."""
    for forma in pagina.iter("form"):
        if (forma.get("method") or "get").lower() == "get":
            for campo in (*forma.iter("input"), *forma.iter("textarea")):
                if campo.tag == "textarea" or campo.get("type", "text") in ESCRIBEN | {"hidden"}:
                    yield campo.get("name", "")


def paginas(cliente: Client, gestion) -> Iterator[tuple[str, object]]:
    """Every address that answers a page to that person, about that Gestión where it takes one."""
    modelos = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in admin.site._registry}
    for nombre, argumentos in DIRECCIONES:
        if "logout" in nombre or nombre == "admin:None":
            continue
        propios = {c: gestion.numero if c == "numero" else v for c, v in argumentos.items()}
        for modelo, clase in modelos.items():
            if "object_id" in propios and modelo in nombre and (fila := clase._default_manager.first()):
                propios["object_id"] = fila.pk
        respuesta = cliente.get(reverse(nombre, kwargs=propios))
        if respuesta.status_code == 200 and "html" in respuesta.get("Content-Type", ""):
            yield nombre, arbol(respuesta)


@pytest.mark.parametrize(("estado", "quienes"), CASOS)
def test_ninguna_pagina_lleva_a_una_direccion_que_diga_de_alguien(titular, estado, quienes):
    """S43: the links and forms of each page of each role; nor the free words of a previo."""
    ana, gente = escenas.analista(), gente_de(titular)
    gente |= {"A": ana, "-": None}
    gestion = MUNDOS[estado][0](titular, ana)
    secretos = {gestion.titular_cui, titular.email, escenas.FIRMA, *titular.nombre_completo.split()}
    secretos = {s.lower() for s in secretos if len(s) > 3}
    malas, vistas = set(), 0
    for persona in (gente[q] for q in quienes):
        cliente = Client()
        if persona:
            cliente.force_login(persona)
        for nombre, pagina in paginas(cliente, gestion):
            vistas += 1
            malas |= {(nombre, c) for c in escritos(pagina) if c not in EN_LA_DIRECCION}
            for direccion in direcciones(pagina):
                malas |= {(nombre, s) for s in secretos if s in unquote_plus(direccion).lower()}
                consulta = parse_qsl(urlsplit(direccion).query, keep_blank_values=True)
                if "/admin/" not in direccion and "admin:" not in nombre:
                    malas |= {(nombre, c) for c, _ in consulta if c not in PREGUNTAS}
    assert vistas > 20 * len(quienes)
    assert malas == set()


LISTAS = [
    reverse(f"admin:{m._meta.app_label}_{m._meta.model_name}_changelist")
    for m, a in admin.site._registry.items()
    if a.search_fields
]


@pytest.mark.parametrize("lista", LISTAS)
def test_lo_que_se_busca_en_administracion_va_en_el_cuerpo(lista):
    """Its page, its filters, its orders and its rows lead nowhere with it; typed by hand, no further."""
    oficina = Client()
    oficina.force_login(PersonalFactory(papel=Usuario.Papel.ADMINISTRACION))
    (forma,) = arbol(oficina.get(lista)).findall(".//form[@role='search']")
    assert forma.get("method") == "post"
    respuesta = oficina.post(lista, {"q": "quisquinay", "o": "1", "p": "3"}, follow=True)
    assert [u for u, _ in respuesta.redirect_chain if "quisquinay" in u.lower()] == []
    assert "o=1" in respuesta.redirect_chain[0][0]
    for pagina in (respuesta, oficina.get(lista, {"q": "quisquinay"})):
        assert pagina.context["cl"].query == "quisquinay"
        assert [d for d in direcciones(arbol(pagina)) if "quisquinay" in unquote_plus(d).lower()] == []
    limpia = oficina.post(lista, {"q": " "}, follow=True)
    assert limpia.redirect_chain[0][0] == f"{lista}?"


def test_la_busqueda_de_administracion_halla_y_sigue_al_filtrar_y_al_volver():
    """The key stays through filters, orders and a row opened and saved; elsewhere it means nothing."""
    oficina = Client()
    oficina.force_login(PersonalFactory(papel=Usuario.Papel.ADMINISTRACION))
    marta = PersonalFactory(primer_nombre="MARTA", primer_apellido="QUISQUINAY")
    PersonalFactory(primer_nombre="MARTA", primer_apellido="SIC")
    lista = reverse("admin:cuentas_usuario_changelist")
    pagina = oficina.post(lista, {"q": "quisquinay"}, follow=True)
    assert list(pagina.context["cl"].result_list) == [marta]
    for consulta in {d for d in direcciones(arbol(pagina)) if d.startswith("?") and "papel" in d}:
        seguida = oficina.get(lista + consulta)
        assert set(seguida.context["cl"].result_list) <= {marta}
        assert seguida.context["cl"].query == "quisquinay"
    (fila,) = {d for d in direcciones(arbol(pagina)) if f"/{marta.pk}/change/" in d}
    assert "b%3D" in fila
    otra = Client()
    otra.force_login(PersonalFactory(papel=Usuario.Papel.ADMINISTRACION))
    assert otra.get(pagina.redirect_chain[0][0]).context["cl"].query == ""
