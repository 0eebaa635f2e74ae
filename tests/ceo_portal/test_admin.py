"""Administración: who enters, what it edits, and that no Gestión is reached from there."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from unittest import mock

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from bitacora.models import Evento
from cuentas.models import DocumentoLegal, Usuario
from previsión.catalogos.casos import casos_de, motivos
from previsión.catalogos.consultas import olvidar, opciones
from previsión.models import Opcion, Razon, TextoEditable
from previsión.pensiones.invalidez import INVALIDEZ
from territorio.models import Municipio
from tests.fabricas import CiudadanoFactory, GestionFactory, PersonalFactory
from tests.tramites import escenas
from tramites import registro
from tramites.definicion import Procedencia, TextoVersionado
from tramites.models import AsuetoExtra, Gestion, VersionFormulario

pytestmark = pytest.mark.django_db

# What administración edits, and no more; a row of each to open.
FILAS = {
    "cuentas.usuario": lambda: PersonalFactory().pk,
    "cuentas.documentolegal": lambda: DocumentoLegal.objects.first().pk,
    "prevision.opcion": lambda: Opcion.objects.get(catalogo="genero", codigo="F").pk,
    "prevision.razon": lambda: Razon.objects.filter(catalogo="motivo_previo").first().pk,
    "prevision.textoeditable": lambda: (
        TextoEditable.objects.get_or_create(
            clave="invalidez.enterado.1", version=1, vigente_desde=timezone.localdate()
        )[0].pk
    ),
    "territorio.departamento": lambda: "01",
    "territorio.municipio": lambda: "0101",
    "tramites.asuetoextra": lambda: AsuetoExtra.objects.get_or_create(fecha="2099-12-24")[0].pk,
}
OTROS_PAPELES = [p for p in Usuario.Papel.values if p != Usuario.Papel.ADMINISTRACION]


@pytest.fixture(autouse=True)
def _sin_memoria() -> Iterator[None]:
    """Each process remembers the catalogues for a minute; a test's rows go with it."""
    yield
    olvidar()


@pytest.fixture
def quien() -> Usuario:
    return PersonalFactory(papel=Usuario.Papel.ADMINISTRACION, email="tomas@demo.gt")


@pytest.fixture
def mesa(client, quien):
    """A browser where administración is signed in."""
    client.force_login(quien)
    return client


def paginas(modelo: str, clave: object) -> list[str]:
    """Its pages: list, add, change, history."""
    base = f"admin:{modelo.replace('.', '_')}"
    return [
        reverse(f"{base}_changelist"),
        reverse(f"{base}_add"),
        reverse(f"{base}_change", args=[clave]),
        reverse(f"{base}_history", args=[clave]),
    ]


def todas() -> Iterator[str]:
    """Every address of the admin, with a key of something that exists for whatever asks for one."""

    def recorrer(nodo: URLResolver) -> Iterator[URLPattern]:
        for hijo in nodo.url_patterns:
            yield from recorrer(hijo) if isinstance(hijo, URLResolver) else [hijo]

    sitio = next(p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "admin")
    for patron in recorrer(sitio):
        if not patron.name:
            continue
        modelo = re.fullmatch(r"([a-z]+)_([a-z]+)_\w+", patron.name)
        conversores = patron.pattern.converters
        if "object_id" in conversores and modelo:
            yield reverse(f"admin:{patron.name}", args=[FILAS[".".join(modelo.groups())]()])
        elif patron.name == "app_list":
            yield from (reverse("admin:app_list", args=[m.split(".")[0]]) for m in FILAS)
        else:
            yield reverse(f"admin:{patron.name}")


def enviar(mesa, direccion: str, args: object = None, /, *, consulta: str = "", **datos: object):
    """Post one of its forms, which lists what it refuses."""
    respuesta = mesa.post(reverse(f"admin:{direccion}", args=args) + consulta, datos)
    errores = re.findall(r'class="errorlist[^>]*>(.*?)</ul>', respuesta.content.decode(), re.S)
    return respuesta, [re.sub(r"<[^>]+>", "", e).strip() for e in errores]


def test_solo_esta_registrado_lo_que_administracion_edita():
    """F3: no Gestión, document, event, secret nor group; a new model is decided here."""
    assert {modelo._meta.label_lower for modelo in admin.site._registry} == set(FILAS)


@pytest.mark.parametrize("modelo", FILAS)
def test_cada_pagina_abre_para_administracion_y_para_nadie_mas(client, quien, modelo):
    """S17: 403 for the other roles, 404 for a citizen, «Ingresar» for nobody (matriz.md §3, last rows)."""
    direcciones = paginas(modelo, FILAS[modelo]())
    for direccion in direcciones:
        assert client.get(direccion).status_code == 302
        client.force_login(quien)
        assert client.get(direccion).status_code == 200
        client.logout()
    for persona in [*(PersonalFactory(papel=papel) for papel in OTROS_PAPELES), CiudadanoFactory()]:
        client.force_login(persona)
        codigo = 404 if persona.es_ciudadano else 403
        for direccion in ["/admin/", *direcciones]:
            assert client.get(direccion).status_code == codigo
            assert client.post(direccion).status_code == codigo


def test_ninguna_direccion_muestra_ni_cambia_una_gestion(mesa):
    """F3, issue 3 point 6: every address of the admin is opened, by GET and by POST, and searched."""
    titular = CiudadanoFactory(primer_nombre="XÓCHITL", primer_apellido="QUISQUINAY")
    GestionFactory(solicitante=titular)
    antes = list(Gestion.objects.values())
    direcciones = list(todas())
    assert len(direcciones) > 4 * len(FILAS)
    for direccion in direcciones:
        for busqueda in ("", "?q=QUISQUINAY"):
            pagina = mesa.get(direccion + busqueda, follow=True).content.decode()
            assert "/gestiones/" not in pagina
            assert titular.cui not in pagina
            assert "XÓCHITL" not in pagina
        if "logout" not in direccion:
            assert mesa.post(direccion, {"estado": "ADMITIDA"}).status_code < 500
    assert list(Gestion.objects.values()) == antes


def test_la_mesa_se_ve_desde_el_admin(mesa):
    """contrato.md, Addresses: a visible link to the desk."""
    assert (
        '<a class="a-la-mesa" href="/revision/">Mesa de revisión</a>' in mesa.get("/admin/").content.decode()
    )


def test_el_admin_habla_espanol_y_se_llama_onsec(mesa):
    pagina = mesa.get("/admin/").content.decode()
    assert '<html lang="es"' in pagina
    assert "<title>Administración · Portal CEO · ONSEC</title>" in pagina
    for nombre in ("Usuarios", "Documentos legales", "Opciones de las listas", "Razones de previo"):
        assert nombre in pagina


def test_no_hay_otra_puerta_ni_otra_manera_de_cambiar_la_clave(mesa, client):
    """S38, S41: signing in and out and the password are the portal's own pages."""
    assert mesa.get("/admin/password_change/").headers["Location"] == reverse("account_change_password")
    assert mesa.post("/admin/password_change/", {"new_password1": "x"}).status_code == 302
    assert mesa.get("/admin/login/").headers["Location"] == "/admin/"
    assert mesa.post("/admin/logout/").headers["Clear-Site-Data"]
    respuesta = client.post("/admin/login/", {"username": "admin@demo.gt", "password": "Demo-CEO-2026"})
    assert respuesta.headers["Location"] == "/cuenta/ingresar/?next=/admin/"


@pytest.mark.parametrize("modelo", FILAS)
def test_las_listas_cuestan_pocas_consultas_tengan_las_filas_que_tengan(
    mesa, modelo, django_assert_max_num_queries
):
    FILAS[modelo]()
    PersonalFactory.create_batch(20)
    with django_assert_max_num_queries(12):
        mesa.get(paginas(modelo, 1)[0])


# -- lists and reasons ---------------------------------------------------------------------------


def test_lo_ya_vigente_no_se_renombra_ni_se_borra_pero_se_ordena_y_se_termina(mesa):
    """F3: what a person could have chosen keeps its words."""
    femenino = Opcion.objects.get(catalogo="genero", codigo="F")
    hoy = timezone.localdate()
    enviar(
        mesa, "prevision_opcion_change", [femenino.pk],
        nombre="OTRA", codigo="Z", catalogo="pueblo", vigente_desde="01/01/2020", orden="9",
        vigente_hasta=f"{hoy:%d/%m/%Y}",
    )  # fmt: skip
    femenino.refresh_from_db()
    assert (femenino.nombre, femenino.codigo, femenino.catalogo) == ("Femenino", "F", "genero")
    assert (femenino.orden, femenino.vigente_hasta) == (9, hoy)
    assert (
        mesa.post(reverse("admin:prevision_opcion_delete", args=[femenino.pk]), {"post": "yes"}).status_code
        == 403
    )


def test_una_opcion_cambia_de_nombre_desde_un_dia_y_lo_congelado_no(mesa, django_capture_on_commit_callbacks):
    """F3: a change in a catalogue reaches no Gestión that exists; the new name is another row."""
    gestion = escenas.hasta_documentos(escenas.titular())
    antes = VersionFormulario.objects.get(gestion=gestion.numero)
    femenino = Opcion.objects.get(catalogo="genero", codigo="F")
    with django_capture_on_commit_callbacks(execute=True):
        respuesta, _ = enviar(
            mesa, "prevision_opcion_add", consulta=f"?anterior={femenino.pk}",
            nombre="Mujer", orden="2", vigente_desde=f"{timezone.localdate():%d/%m/%Y}",
        )  # fmt: skip
    assert respuesta.status_code == 302
    assert opciones("genero") == (("M", "Masculino"), ("F", "Mujer"))
    despues = VersionFormulario.objects.get(gestion=gestion.numero)
    assert despues.contenido == antes.contenido
    assert "Femenino" in str(despues.contenido)


@pytest.mark.parametrize(
    ("fecha", "dice"),
    [
        ("02/11/2020", "Elija hoy o un día posterior."),
        ("25/12/2099", "Ese día ya es de descanso. Elija un día hábil."),
    ],
)
def test_un_asueto_extraordinario_es_un_dia_habil_por_venir(mesa, fecha, dice):
    """F3: what was counted with past days is not counted again."""
    _, errores = enviar(mesa, "tramites_asuetoextra_add", fecha=fecha, motivo="Cierre")
    assert errores == [dice]
    pasado = AsuetoExtra.objects.create(fecha="2020-11-03", motivo="Cierre")
    pagina = mesa.get(reverse("admin:tramites_asuetoextra_delete", args=[pasado.pk]))
    assert pagina.status_code == 403


def test_la_ultima_fila_de_un_codigo_es_la_que_habla():
    """Ending the new name does not bring the old one back."""
    hoy = timezone.localdate()
    Opcion.objects.create(
        catalogo="genero", codigo="F", nombre="Mujer", orden=2, vigente_desde=hoy - timedelta(days=9),
        vigente_hasta=hoy - timedelta(days=1),
    )  # fmt: skip
    olvidar()
    assert opciones("genero") == (("M", "Masculino"),)


def test_una_opcion_nueva_va_al_final_y_no_repite_codigo_ni_vale_hacia_atras(mesa):
    hoy = f"{timezone.localdate():%d/%m/%Y}"
    datos = {"catalogo": "genero", "codigo": "X", "nombre": "Otro", "orden": "", "vigente_desde": hoy}
    enviar(mesa, "prevision_opcion_add", **datos)
    assert Opcion.objects.get(catalogo="genero", codigo="X").orden == 3
    _, errores = enviar(mesa, "prevision_opcion_add", **datos)
    assert errores == ["Ese código ya está en la lista. Escriba otro."]
    _, errores = enviar(
        mesa, "prevision_opcion_add", **datos | {"codigo": "Y", "vigente_desde": "01/01/2026"}
    )
    assert errores == ["Elija hoy o un día posterior."]
    _, errores = enviar(
        mesa, "prevision_opcion_add", **datos | {"codigo": "Y", "vigente_hasta": "01/01/2026"}
    )
    assert errores == ["El último día no puede ser anterior al primero."]
    femenino = Opcion.objects.get(catalogo="genero", codigo="X")
    _, errores = enviar(
        mesa, "prevision_opcion_add", consulta=f"?anterior={femenino.pk}", nombre="Z", vigente_desde=hoy
    )
    assert errores == ["Ya tiene un nombre que empieza ese día. Elija otro día."]


def test_lo_que_nadie_pudo_elegir_todavia_se_borra(mesa):
    futura = Opcion.objects.create(
        catalogo="genero", codigo="X", nombre="Otro", orden=3,
        vigente_desde=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    direccion = reverse("admin:prevision_opcion_delete", args=[futura.pk])
    assert mesa.post(direccion, {"post": "yes"}).status_code == 302
    assert not Opcion.objects.filter(pk=futura.pk).exists()
    assert Evento.objects.get(tipo="dato_administrado").datos["acto"] == "borrado"


def test_las_razones_llegan_a_la_mesa_en_su_lugar_y_en_mayusculas(mesa, django_capture_on_commit_callbacks):
    """F2, F4: motives and the three parts of a case are catalogues that staff edit."""
    hoy = f"{timezone.localdate():%d/%m/%Y}"
    datos = {"vigente_desde": hoy, "orden": ""}
    with django_capture_on_commit_callbacks(execute=True):
        for catalogo, lugar, nombre in (
            ("caso_defecto", "invalidez:4", "está manchada."),
            ("motivo_previo", "0", "documentos de otra persona"),
            ("caso_campo", "invalidez:p2", "PROFESIÓN"),
            ("caso_defecto", "d", "es una fotografía."),
        ):
            _, errores = enviar(
                mesa, "prevision_razon_add", catalogo=catalogo, lugar=lugar, nombre=nombre, **datos
            )
            assert errores == []
    partes, otro = INVALIDEZ.partes_de_caso, casos_de("otro", INVALIDEZ.pasos)
    assert "ESTÁ MANCHADA." in partes(4).defectos
    assert "ESTÁ MANCHADA." not in (*partes(5).defectos, *otro(4).defectos)
    assert "PROFESIÓN" in partes("beneficiario").campos
    assert "ES UNA FOTOGRAFÍA." in partes(4).defectos
    assert "ES UNA FOTOGRAFÍA." in otro(4).defectos
    assert motivos()[-1] == "DOCUMENTOS DE OTRA PERSONA"
    manchada = Razon.objects.get(nombre="ESTÁ MANCHADA.")
    assert (manchada.catalogo, manchada.codigo, manchada.orden) == ("caso_defecto:invalidez", "4.3", 23)
    lista = mesa.get(
        reverse("admin:prevision_razon_changelist") + "?tramite=invalidez&q=manchada"
    ).content.decode()
    assert "Documento 4. Constancia de antecedentes penales" in lista
    assert "Caso de Previo: Defecto" in lista


@pytest.mark.parametrize("lugar", ["0", "d", "invalidez:1", "invalidez:d"])
def test_una_causa_no_se_repite_donde_ya_se_ofrece(mesa, lugar):
    """F4: neither in its place nor in a general one, however it is typed."""
    datos = {"catalogo": "caso_defecto", "nombre": "falta firmar", "orden": ""}
    _, errores = enviar(
        mesa, "prevision_razon_add", lugar=lugar, vigente_desde=f"{timezone.localdate():%d/%m/%Y}", **datos
    )
    assert errores == ["Ya está en la lista. Escriba otro nombre."]


@pytest.mark.parametrize(("catalogo", "lugar"), [("caso_defecto", "invalidez:1"), ("motivo_previo", "0")])
def test_lo_terminado_no_vuelve_a_ofrecerse_junto_a_su_igual(mesa, catalogo, lugar):
    """F4: the last day of a cause is not put off while another says the same."""
    hoy = timezone.localdate()
    vieja = Razon.objects.filter(catalogo__startswith=catalogo, codigo__startswith="1").first()
    Razon.objects.filter(pk=vieja.pk).update(vigente_hasta=hoy - timedelta(days=1))
    datos = {"catalogo": catalogo, "lugar": lugar, "nombre": vieja.nombre.lower(), "orden": ""}
    assert enviar(mesa, "prevision_razon_add", vigente_desde=f"{hoy:%d/%m/%Y}", **datos)[1] == []
    _, errores = enviar(mesa, "prevision_razon_change", (vieja.pk,), orden="1", vigente_hasta="")
    assert errores == ["Ya está en la lista. Escriba otro nombre."]


def test_un_motivo_de_dos_filas_se_ofrece_una_vez_y_la_de_mas_se_termina(mesa):
    """Rows of before the rule."""
    hoy = timezone.localdate()
    otra = Razon.objects.create(
        catalogo="motivo_previo", codigo="99", nombre="Documentos con observaciones.", orden=99,
        vigente_desde=hoy,
    )  # fmt: skip
    olvidar()
    assert [m for m in motivos() if "observaciones" in m.lower()] == ["DOCUMENTOS CON OBSERVACIONES"]
    termino = {"orden": "99", "vigente_hasta": f"{hoy:%d/%m/%Y}"}
    assert enviar(mesa, "prevision_razon_change", (otra.pk,), **termino)[1] == []


def test_las_listas_y_las_razones_no_se_mezclan(mesa):
    assert mesa.get(reverse("admin:prevision_opcion_changelist") + "?q=FALTA").context["cl"].result_count == 0
    assert mesa.get(reverse("admin:prevision_razon_changelist") + "?q=Maya").context["cl"].result_count == 0


# -- texts ---------------------------------------------------------------------------------------


def test_un_texto_se_publica_en_versiones(mesa, django_capture_on_commit_callbacks):
    """B5.1, F3: ONSEC writes the numeral 1; what was stays."""
    hoy = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        for texto in ("Uno.", "Dos."):
            enviar(
                mesa, "prevision_textoeditable_add",
                clave="invalidez.enterado.1", texto=texto, vigente_desde=f"{hoy:%d/%m/%Y}",
            )  # fmt: skip
    assert INVALIDEZ.textos_del_dia() == {"enterado_1": "Dos."}
    assert str(TextoEditable.objects.last()) == "Pensión Civil por Invalidez: numeral 1 del paso 5, versión 2"
    formulario = mesa.get(reverse("admin:prevision_textoeditable_add")).context["adminform"].form
    assert [c.label for c in formulario] == ["Dónde se muestra", "Qué dice", "Vigente desde"]
    assert list(TextoEditable.objects.values_list("version", "texto")) == [(1, "Uno."), (2, "Dos.")]
    primero = TextoEditable.objects.get(version=1)
    assert enviar(mesa, "prevision_textoeditable_change", [primero.pk], texto="x")[0].status_code == 403


def test_la_lista_de_textos_dice_lo_que_hay_hoy_y_de_quien_es(mesa, django_capture_on_commit_callbacks):
    """MO17, FA4: each text of each registered procedure, with its provenance; written by ONSEC, «oficial»."""
    propio = TextoVersionado(
        clave="invalidez.prueba", donde="En la prueba", procedencia=Procedencia.PROPIA, inicial="Así\nempezó."
    )
    con_el = replace(INVALIDEZ, textos_editables=(*INVALIDEZ.textos_editables, propio))
    with mock.patch.object(registro, "todos", return_value=(con_el,)):
        lista = mesa.get(reverse("admin:prevision_textoeditable_changelist")).content.decode()
        assert "redacción propia, pendiente del texto oficial" in lista
        assert "Pensión Civil por Invalidez: numeral 1 del paso 5" in lista
        assert "Así<br>empezó." in lista
        alta = reverse("admin:prevision_textoeditable_add")
        assert "Así\nempezó." in mesa.get(f"{alta}?clave=invalidez.prueba").content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            enviar(
                mesa, "prevision_textoeditable_add", clave="invalidez.prueba", texto="De ONSEC.",
                vigente_desde=f"{timezone.localdate():%d/%m/%Y}",
            )  # fmt: skip
        lista = mesa.get(reverse("admin:prevision_textoeditable_changelist")).content.decode()
        assert "De ONSEC." in lista
        assert "pendiente del texto oficial" not in lista


def test_publicar_un_texto_legal_conserva_las_versiones_anteriores_con_su_huella(mesa):
    """A1, F3: a new version is a new row; the accepted one keeps text and SHA-256."""
    antes = list(DocumentoLegal.objects.order_by("pk").values())
    respuesta, errores = enviar(
        mesa, "cuentas_documentolegal_add",
        tipo="terminos", titulo="Términos de uso y condiciones", texto="## Uno\r\n\r\n- Dos",
        vigente_desde="",
    )  # fmt: skip
    assert (respuesta.status_code, errores) == (302, [])
    nueva = DocumentoLegal.objects.vigente("terminos", ahora=timezone.now())
    assert (nueva.version, nueva.texto) == (2, "## Uno\n\n- Dos\n")
    assert list(DocumentoLegal.objects.exclude(pk=nueva.pk).order_by("pk").values()) == antes
    primera = DocumentoLegal.objects.get(tipo="terminos", version=1)
    for pagina in ("change", "delete"):
        direccion = reverse(f"admin:cuentas_documentolegal_{pagina}", args=[primera.pk])
        assert mesa.post(direccion, {"texto": "x", "post": "yes"}).status_code == 403
    assert mesa.get("/terminos/").content.decode().count("Uno") == 1


def test_un_texto_legal_no_se_publica_hacia_atras_y_parte_del_vigente(mesa):
    primera = DocumentoLegal.objects.get(tipo="terminos", version=1)
    formulario = mesa.get(
        reverse("admin:cuentas_documentolegal_add") + f"?desde={primera.pk}"
    ).content.decode()
    assert "Texto provisional" in formulario
    _, errores = enviar(
        mesa, "cuentas_documentolegal_add", tipo="terminos", titulo="T", texto="x",
        vigente_desde=f"{timezone.localdate():%d/%m/%Y}",
    )  # fmt: skip
    assert errores == ["Elija un día posterior a hoy, o deje el campo vacío."]
    manana = timezone.localdate() + timedelta(days=1)
    enviar(
        mesa, "cuentas_documentolegal_add", tipo="terminos", titulo="T", texto="x",
        vigente_desde=f"{manana:%d/%m/%Y}",
    )  # fmt: skip
    assert DocumentoLegal.objects.vigente("terminos", ahora=timezone.now()) == primera
    desde = timezone.localtime(DocumentoLegal.objects.get(titulo="T").vigente_desde)
    assert (desde.date(), desde.hour) == (manana, 0)


def test_cada_acto_queda_en_la_bitacora_con_quien_y_que(mesa, quien):
    """F3: who, when and on what; never the personal text."""
    masculino = Opcion.objects.get(catalogo="genero", codigo="M")
    enviar(mesa, "prevision_opcion_change", [masculino.pk], orden="7")
    evento = Evento.objects.get(tipo="dato_administrado")
    assert (evento.actor, evento.papel, evento.gestion) == (quien, "administracion", None)
    esperado = {
        "modelo": "prevision.opcion",
        "fila": str(masculino.pk),
        "acto": "cambiado",
        "campos": ["Orden"],
    }
    assert evento.datos == esperado
    assert LogEntry.objects.count() == 1


def test_una_pestana_vieja_no_devuelve_el_papel_que_otra_quito(mesa):
    """S24, S35: only what this page touched is written over what another wrote meanwhile."""
    persona = PersonalFactory(papel=Usuario.Papel.JEFATURA, primer_nombre="ANA")
    url = reverse("admin:cuentas_usuario_change", args=[persona.pk])
    una, otra = (_por_enviar(mesa.get(url)) for _ in range(2))
    mesa.post(url, una | {"papel": Usuario.Papel.CONSULTA})
    una.pop("is_active")
    mesa.post(url, una | {"papel": Usuario.Papel.CONSULTA, "initial-papel": Usuario.Papel.CONSULTA})
    mesa.post(url, otra | {"primer_nombre": "LUZ"})
    persona.refresh_from_db()
    assert (persona.papel, persona.is_active, persona.primer_nombre) == (Usuario.Papel.CONSULTA, False, "LUZ")


@pytest.mark.parametrize(
    ("modelo", "buscar", "una", "otra", "queda"),
    [
        (
            "prevision_opcion",
            lambda: Opcion.objects.get(catalogo="genero", codigo="F"),
            {"vigente_hasta": "31/12/2099"},
            {"orden": "9"},
            {"vigente_hasta": date(2099, 12, 31), "orden": 9},
        ),
        (
            "territorio_municipio",
            lambda: Municipio.objects.get(codigo="0101"),
            {"vigente": ""},
            {"nombre": "GUATEMALA DE LA ASUNCIÓN"},
            {"vigente": False, "nombre": "GUATEMALA DE LA ASUNCIÓN"},
        ),
        (
            "tramites_asuetoextra",
            lambda: AsuetoExtra.objects.create(fecha=date(2099, 12, 24), motivo="Cierre"),
            {"fecha": "23/12/2099"},
            {"motivo": "Duelo nacional"},
            {"fecha": date(2099, 12, 23), "motivo": "Duelo nacional"},
        ),
    ],
)
def test_dos_pestanas_de_una_fila_no_se_pisan(mesa, modelo, buscar, una, otra, queda):
    """Each writes what was touched on it, and what the other wrote stays."""
    fila = buscar()
    url = reverse(f"admin:{modelo}_change", args=[fila.pk])
    primera, segunda = (_por_enviar(mesa.get(url)) for _ in range(2))
    for enviado in (primera | una, segunda | otra):
        respuesta = mesa.post(url, {n: v for n, v in enviado.items() if v != ""})
        assert respuesta.status_code == 302, respuesta.context["adminform"].form.errors
    fila.refresh_from_db()
    assert {campo: getattr(fila, campo) for campo in queda} == queda
    assert LogEntry.objects.latest("pk").get_change_message().count("“") <= 1


def _por_enviar(pagina) -> dict[str, str]:
    """What the browser sends of the form that is on the page, nothing touched."""
    formulario = pagina.context["adminform"].form
    enviado, html = {}, pagina.content.decode()
    for nombre in formulario.fields:
        campo = formulario[nombre]
        assert f'name="initial-{nombre}"' in html
        enviado |= {nombre: campo.value(), f"initial-{nombre}": campo.value()}
    return {n: v for n, v in enviado.items() if v not in (None, False)}
