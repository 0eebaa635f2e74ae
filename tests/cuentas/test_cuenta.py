"""One's own data, change of address, legal texts, roles and the demo's accounts."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.test import Client
from django.utils import timezone

from bitacora.models import Evento
from cuentas.demo import CLAVE_DEMO, sembrar_cuentas
from cuentas.models import Aceptacion, DocumentoLegal, Usuario
from cuentas.permisos import solo_ciudadano, solo_personal
from notificaciones.models import Correo
from tests.fabricas import CiudadanoFactory
from tests.tramites.ciudadano.lectura import palabras

from .conftest import CLAVE, CUI, dentro, ingresar

pytestmark = pytest.mark.django_db
TEXTOS = Path(__file__).parent.parent / "datos" / "textos"


def test_mis_datos_muestra_lo_que_se_guarda_y_lo_que_se_acepto(client, ciudadana):
    """A1: each acceptance with its version and date; personal pages are never cached (S43)."""
    Aceptacion.objects.create(
        usuario=ciudadana,
        documento=DocumentoLegal.objects.get(tipo="terminos"),
        aceptado_en=timezone.now(),
        ip=None,
        agente="",
    )
    client.force_login(ciudadana)
    respuesta = client.get("/mis-datos/")
    pagina = respuesta.content.decode()
    for dato in (
        "1600 32547 0202",
        "ROSALINDA",
        "rosalinda@demo.gt",
        "Términos de uso y condiciones",
        "Versión 1",
    ):
        assert dato in pagina
    assert "no-store" in respuesta.headers["Cache-Control"]


def pedir_cambio(client, correo, clave=CLAVE):
    """Ask for a new address, giving the password when asked."""
    pide = client.post("/cuenta/correo/", {"email": correo, "action_add": ""})
    if "/cuenta/comprobar/" in pide.headers.get("Location", ""):
        return client.post(pide.headers["Location"], {"password": clave}, follow=True)
    return pide


def test_cambiar_el_correo_pide_la_contrasena_y_avisa_a_los_dos(client, ciudadana):
    """S42: re-authentication, confirmed from the new mailbox, told to the old and the new."""
    ingresar(client, CUI)
    assert "La contraseña no es correcta" in pedir_cambio(client, "nueva@demo.gt", "mala").content.decode()
    assert not Correo.objects.exists()
    pedir_cambio(client, "nueva@demo.gt")
    ciudadana.refresh_from_db()
    assert ciudadana.email == "rosalinda@demo.gt"
    correo = Correo.objects.get()
    assert correo.para == "nueva@demo.gt"
    client.post(correo.contexto["enlace"])
    ciudadana.refresh_from_db()
    assert ciudadana.email == "nueva@demo.gt"
    assert EmailAddress.objects.get(user=ciudadana).email == "nueva@demo.gt"
    avisos = set(Correo.objects.exclude(pk=correo.pk).values_list("para", "asunto"))
    assert avisos == {
        ("rosalinda@demo.gt", "Cambió el correo de su cuenta"),
        ("nueva@demo.gt", "Este es el nuevo correo de su cuenta"),
    }
    assert [*Evento.objects.values_list("tipo", flat=True)] == ["correo_cambiado"]


@pytest.mark.parametrize("verificado", [True, False])
def test_un_correo_ajeno_no_se_delata_ni_se_toma(client, ciudadana, con_cuenta, verificado):
    """S37, S42: the page answers the same; confirming it later neither takes it nor fails."""
    con_cuenta(email="ajena@demo.gt", verificado=verificado)
    ingresar(client, CUI)
    libre = pedir_cambio(client, "libre@demo.gt").content.decode()
    ajena = pedir_cambio(client, "ajena@demo.gt")
    ajena = (
        client.get("/cuenta/correo/").content.decode() if ajena.status_code == 302 else ajena.content.decode()
    )
    assert "ajena@demo.gt" in ajena
    assert "libre@demo.gt" in libre
    enlace = Correo.objects.filter(para="ajena@demo.gt").get().contexto["enlace"]
    assert client.post(enlace, follow=True).status_code == 200
    ciudadana.refresh_from_db()
    assert ciudadana.email == "rosalinda@demo.gt"


def test_no_se_puede_quitar_el_unico_correo(client, ciudadana):
    """S21: a crafted form does not leave the account without an address."""
    ingresar(client, CUI)
    pedir_cambio(client, "nueva@demo.gt")
    client.post("/cuenta/correo/", {"email": "rosalinda@demo.gt", "action_remove": ""})
    assert EmailAddress.objects.filter(email="rosalinda@demo.gt", primary=True).exists()
    client.post("/cuenta/correo/", {"email": "nueva@demo.gt", "action_remove": ""})
    assert EmailAddress.objects.count() == 1


@pytest.mark.parametrize(("direccion", "tipo"), [("/terminos/", "terminos"), ("/privacidad/", "privacidad")])
def test_los_textos_legales_son_publicos_y_se_dicen_provisionales(client, direccion, tipo):
    """A1: version and base legal; nobody takes a draft of ours for ONSEC's."""
    documento = DocumentoLegal.objects.vigente(tipo, ahora=timezone.now())
    assert documento.sha256 == hashlib.sha256(documento.texto.encode()).hexdigest()
    respuesta = client.get(direccion)
    pagina = respuesta.content.decode()
    for texto in (
        documento.titulo,
        f"Versión {documento.version},",
        "Texto provisional: ONSEC debe aprobarlo.",
        "Acuerdo D-2022-15",
        "Decreto 5-2021",
    ):
        assert texto in palabras(respuesta)
    assert "## " not in pagina
    assert "<li>" in pagina


def test_el_aviso_de_privacidad_tiene_sus_siete_apartados(client):
    """Decreto 57-2008 art. 30: who, what for, recipients, data bank, mandatory or not, refusal, transfers."""
    pagina = client.get("/privacidad/").content.decode()
    for n in range(1, 8):
        assert f"<h2>{n}. " in pagina


def test_el_registro_lleva_las_normas_al_pie_de_la_letra(client):
    """A1, A2, A3: textos.md §1."""
    pagina = client.get("/cuenta/registro/").content.decode()
    assert (TEXTOS / "normas_representante.txt").read_text(encoding="utf-8").strip() in pagina


def test_lo_aceptado_y_los_textos_no_se_cambian_ni_se_borran(ciudadana):
    """A1: the record stands as it was written."""
    documento = DocumentoLegal.objects.first()
    aceptacion = Aceptacion.objects.create(usuario=ciudadana, documento=documento, aceptado_en=timezone.now())
    for fila in (documento, aceptacion):
        for intento in (fila.save, fila.delete, type(fila).objects.all().delete):
            with pytest.raises(TypeError):
                intento()
        with pytest.raises(TypeError):
            type(fila).objects.update(pk=1)


def test_un_cui_es_de_un_solo_ciudadano_y_un_correo_de_una_sola_cuenta(ciudadana):
    """A2, A3: one person, one account; somebody of the staff may also be a citizen, with another address."""
    Usuario.objects.crear_personal(email="s@demo.gt", papel="analista", password=None, cui=CUI)
    for datos in ({"cui": CUI, "usuario": "x"}, {"email": "ROSALINDA@demo.gt"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            CiudadanoFactory(**datos)


def vista(request):
    return HttpResponse("ok")


@pytest.mark.parametrize(
    ("quien", "ciudadano", "jefatura", "cualquiera"),
    [
        ("anonimo", "ingresar", "ingresar", "ingresar"),
        ("ciudadana", "entra", "404", "404"),
        ("analista", "403", "403", "entra"),
        ("jefatura", "403", "entra", "entra"),
    ],
)
def test_cada_pagina_es_de_quien_es(rf, personal, quien, ciudadano, jefatura, cualquiera):
    """S17: anonymous → «Ingresar»; staff elsewhere → 403; a citizen in ONSEC's → 404 (matriz.md §1)."""

    def respuesta(pagina):
        request = rf.get("/")
        request.user = {"anonimo": AnonymousUser, "ciudadana": CiudadanoFactory}.get(
            quien, lambda: personal(quien)
        )()
        try:
            codigo = pagina(request).status_code
        except PermissionDenied:
            return "403"
        except Http404:
            return "404"
        finally:
            Usuario.objects.all().delete()
        return {200: "entra", 302: "ingresar"}[codigo]

    papel = Usuario.Papel.JEFATURA
    assert respuesta(solo_ciudadano(vista)) == ciudadano
    assert respuesta(solo_personal(papel)(vista)) == jefatura
    assert respuesta(solo_personal()(vista)) == cualquiera


def test_el_personal_no_cambia_aqui_su_correo(client, personal):
    """S17: their address is administración's business."""
    client.force_login(personal("analista"))
    assert client.get("/cuenta/correo/").status_code == 403
    assert client.get("/cuenta/clave/").status_code == 200


@pytest.mark.parametrize(
    "direccion", ["/mis-datos/", "/cuenta/clave/", "/cuenta/correo/", "/cuenta/comprobar/"]
)
def test_lo_propio_pide_ingresar(client, direccion):
    """S17: deny by default."""
    assert client.get(direccion).headers["Location"] == f"/cuenta/ingresar/?next={direccion}"


def test_las_cuentas_de_la_demo_entran_y_no_se_repiten():
    """contrato.md, "Demo accounts": ten, each with its name to sign in; a second seed adds nothing."""
    for _ in range(2):
        sembrar_cuentas(ahora=timezone.now())
    assert Usuario.objects.count() == 10
    tipos = Counter(Evento.objects.values_list("tipo", flat=True))
    assert tipos == {"cuenta_creada": 4, "cuenta_verificada": 4, "personal_invitado": 6}
    for nombre in (
        "1002 00303 0101",
        "1600 32547 0202",
        "1928 37478 2217",
        "ciudadano3@demo.gt",
        "ciudadana4@demo.gt",
        "analista1@demo.gt",
        "analista2@demo.gt",
        "jefatura@demo.gt",
        "admin@demo.gt",
        "auditoria@demo.gt",
        "consulta@demo.gt",
    ):
        navegador = Client()
        ingresar(navegador, nombre, CLAVE_DEMO)
        assert dentro(navegador), nombre
    assert Aceptacion.objects.count() == 12
