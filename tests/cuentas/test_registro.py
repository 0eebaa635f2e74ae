"""Registration, from the form to the first sign-in."""

import re
import threading
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import thread_time

import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EMAIL_CONFIRMATION_EXPIRE_DAYS
from allauth.account.models import EmailAddress
from django.contrib.messages.storage import default_storage
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from bitacora.models import Evento
from cuentas.acciones.confirmar_registro import confirmar_registro
from cuentas.acciones.corregir_registro import CORRECCIONES
from cuentas.acciones.liberar import liberar_sin_confirmar
from cuentas.acciones.registrar import llave, registrar
from cuentas.models import Aceptacion, DocumentoLegal, Registro, Usuario
from cuentas.tareas import borrar_caducados
from notificaciones.models import Correo
from tests.fabricas import cui as cui_de_prueba

from .conftest import CLAVE, CUI, NO_COINCIDE, dentro, ingresar

pytestmark = pytest.mark.django_db

ENVIADO = "Ábralo y presione «Confirmar» para terminar."
VENTANILLAS = "Puede hacer este trámite en las ventanillas de ONSEC: capital, Quetzaltenango o Zacapa."
LLENO = {
    "cui": "1600 32547 0202",
    "primer_nombre": "Rosalinda",
    "segundo_nombre": "",
    "primer_apellido": "Tzoc",
    "segundo_apellido": "Barrera",
    "fecha_nacimiento": "31/12/1980",
    "correo": "Rosalinda@Demo.gt",
    "clave": CLAVE,
    "clave_repetida": CLAVE,
    "terminos": "on",
    "privacidad": "on",
    "sabe_leer": "on",
}


def enviar(client, **cambios):
    """The answer to the form with those changes; None leaves a field out."""
    datos = {campo: valor for campo, valor in (LLENO | cambios).items() if valor is not None}
    return client.post("/cuenta/registro/", datos, follow=True)


def enlaces(para="rosalinda@demo.gt"):
    """Those of the confirmation mails sent to that address, the last one first."""
    correos = Correo.objects.filter(para=para, plantilla="confirmar_correo").order_by("-pk")
    return [correo.contexto["enlace"] for correo in correos]


def confirmar(client, para="rosalinda@demo.gt"):
    """Press «Confirmar» behind the last mail."""
    return client.post(enlaces(para)[0], follow=True)


def errores(respuesta):
    return {campo: list(textos) for campo, textos in respuesta.context["form"].errors.items()}


def nada_guardado():
    return not any(m.objects.exists() for m in (Registro, Usuario, Aceptacion, Correo))


def test_el_registro_tiene_los_rotulos_del_contrato(client):
    """A1, A3: the labels of contrato.md, in its words; password managers and paste are served."""
    pagina = client.get("/cuenta/registro/").content.decode()
    for rotulo in (
        "CUI (número de DPI)",
        "Primer nombre",
        "Segundo nombre",
        "Primer apellido",
        "Segundo apellido",
        "Fecha de nacimiento",
        "Correo electrónico",
        "Contraseña",
        "Repita la contraseña",
        "He leído y acepto los términos de uso y condiciones",
        "He leído el aviso de privacidad",
        "Declaro que sé leer y escribir",
        "Leer con lector de pantalla, con lupa o en braille también cuenta.",
        "dd/mm/aaaa",
    ):
        assert rotulo in pagina
    assert '<button class="boton">Crear cuenta</button>' in pagina
    assert pagina.count('autocomplete="new-password"') == 2
    assert 'autocomplete="bday"' in pagina
    assert 'autocomplete="email"' in pagina
    assert "onpaste" not in pagina
    assert "checked" not in pagina


def test_de_registrarse_a_ingresar(client):
    """A1, A2, A3: the account is made, confirmed by its mail's button, and then opens."""
    respuesta = enviar(client)
    assert "Le enviamos un correo a <strong>rosalinda@demo.gt</strong>" in respuesta.content.decode()
    assert ENVIADO in respuesta.content.decode()
    assert not Usuario.objects.exists()
    correo = Correo.objects.get()
    assert (correo.para, correo.asunto) == ("rosalinda@demo.gt", "Confirme su correo en el portal CEO")
    enlace = correo.contexto["enlace"]
    assert '<button class="boton">Confirmar</button>' in client.get(enlace).content.decode()
    assert not Usuario.objects.exists()  # S19: looking confirms nothing
    assert "Ya puede ingresar." in client.post(enlace, follow=True).content.decode()
    persona = Usuario.objects.get()
    assert (persona.cui, persona.email, persona.nombre_completo) == (
        CUI,
        "rosalinda@demo.gt",
        "ROSALINDA TZOC BARRERA",
    )
    assert persona.fecha_nacimiento == date(1980, 12, 31)
    assert ingresar(client, CUI).headers["Location"] == "/tablero/"
    assert dentro(client)
    assert [*Evento.objects.order_by("pk").values_list("tipo", flat=True)] == [
        "cuenta_creada",
        "cuenta_verificada",
    ]


def test_el_enlace_del_correo_sirve_una_vez(client):
    """A used, forged or stale link says the same, and never fails."""
    enviar(client)
    enlace = Correo.objects.get().contexto["enlace"]
    client.post(enlace)
    for direccion in (enlace, "/cuenta/confirmar/inventado:abc/"):
        for respuesta in (client.get(direccion), client.post(direccion)):
            assert "Este enlace ya no sirve. Pida uno nuevo." in respuesta.content.decode()
    assert Evento.objects.filter(tipo="cuenta_verificada").count() == 1


def test_lo_aceptado_queda_con_su_version_hash_y_hora(client):
    """A1, A3: terms, notice and declaration, one by one, with the bytes they stood for."""
    with time_machine.travel("2026-11-21T12:00:00Z", tick=False):
        client.post("/cuenta/registro/", LLENO, headers={"user-agent": "Navegador " + "x" * 400})
    with time_machine.travel("2026-11-22T12:00:00Z", tick=False):
        confirmar(client)
    aceptadas = Aceptacion.objects.select_related("documento")
    assert {a.documento.tipo for a in aceptadas} == {"terminos", "privacidad", "declaracion"}
    for aceptacion in aceptadas:
        assert aceptacion.documento.version == 1
        assert len(aceptacion.documento.sha256) == 64
        assert aceptacion.ip == "127.0.0.1"
        assert len(aceptacion.agente) == 300
        assert aceptacion.aceptado_en == datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_se_acepta_la_version_vigente_ese_dia(client):
    """A1: a newer text in force is what is recorded; one of tomorrow is not."""
    for version, dia in ((2, datetime(2025, 1, 1, tzinfo=UTC)), (3, datetime(2999, 1, 1, tzinfo=UTC))):
        DocumentoLegal.objects.create(
            tipo="terminos", version=version, titulo="Términos", texto=f"v{version}", vigente_desde=dia
        )
    enviar(client)
    confirmar(client)
    assert Aceptacion.objects.get(documento__tipo="terminos").documento.version == 2


def test_sin_declarar_que_sabe_leer_ve_las_ventanillas_y_no_se_guarda_nada(client):
    """A3: a page, not an error; going back keeps what was typed, never the password."""
    respuesta = enviar(client, sabe_leer=None)
    pagina = respuesta.content.decode()
    assert VENTANILLAS in pagina
    assert "Hay un problema" not in pagina
    assert nada_guardado()
    assert CLAVE not in pagina
    ocultos = {
        campo.html_name: campo.value() for campo in respuesta.context["form"] if "clave" not in campo.name
    }
    de_vuelta = client.post("/cuenta/registro/", {**ocultos, "volver": ""}).content.decode()
    assert 'value="1600 32547 0202"' in de_vuelta
    assert "Hay un problema" not in de_vuelta
    assert nada_guardado()


@pytest.mark.parametrize(
    ("campo", "valor", "mensaje"),
    [
        ("cui", "", "Escriba su CUI. Son los 13 números de su DPI."),
        ("cui", "1600 32547 0202A", "El CUI solo lleva números. Quite letras y signos."),
        ("cui", "1600 32547 020", "El CUI tiene 13 números y usted escribió 12. Revise su DPI."),
        ("cui", "1600 32546 0202", "El CUI no es correcto. Revise cada número con su DPI a la vista."),
        (
            "cui",
            "1600 32547 2301",
            "Los últimos cuatro números no corresponden a un municipio. Revise su DPI.",
        ),
        ("primer_nombre", "", "Escriba su primer nombre."),
        ("primer_apellido", "", "Escriba su primer apellido."),
        ("primer_nombre", "Rosa1", "Quite el signo «1» de su primer nombre."),
        ("segundo_apellido", "X" * 61, "Escriba 60 letras o menos. Ahora tiene 61."),
        ("fecha_nacimiento", "", "Escriba su fecha de nacimiento."),
        ("fecha_nacimiento", "31 de diciembre", "Escriba la fecha así: 31/12/1980."),
        ("fecha_nacimiento", "31/02/1980", "Esa fecha no existe en el calendario. Revise el día y el mes."),
        ("correo", "", "Escriba su correo electrónico."),
        ("correo", "rosalinda", "Escriba un correo como nombre@ejemplo.com."),
        ("correo", "a@demo.gt\r\nBcc: b@demo.gt", "Escriba un correo como nombre@ejemplo.com."),
        ("correo", "x" * 250 + "@demo.gt", "Escriba 254 letras o menos. Ahora tiene 258."),
        ("clave", "corta", "Escriba una contraseña de 10 caracteres o más."),
        (
            "clave_repetida",
            "otra cosa muy distinta",
            "Las dos contraseñas no son iguales. Escríbalas otra vez.",
        ),
        ("terminos", None, "Marque que leyó y acepta los términos de uso y condiciones."),
        ("privacidad", None, "Marque que leyó el aviso de privacidad."),
    ],
)
def test_cada_causa_tiene_su_mensaje(client, campo, valor, mensaje):
    """A1, A2, S25: mensajes.md §2 and §3; the same words by the field and in the summary, nothing stored."""
    respuesta = enviar(client, **{campo: valor})
    assert mensaje in errores(respuesta)[campo]
    pagina = respuesta.content.decode()
    assert "<title>Error: Crear cuenta" in pagina
    assert pagina.count(mensaje) == 2
    assert 'value="Rosalinda"' in pagina or campo == "primer_nombre"
    assert nada_guardado()


def test_una_causa_da_un_solo_mensaje(client):
    """S39: a short and common password says one thing."""
    assert errores(enviar(client, clave="123", clave_repetida="123")) == {
        "clave": ["Escriba una contraseña de 10 caracteres o más."]
    }


@pytest.mark.parametrize("fecha", ["31/12/1980", "31-12-1980", "1980-12-31"])
def test_la_fecha_se_escribe_de_tres_maneras(client, fecha):
    """A2: contrato.md, "Dates are one text field"."""
    enviar(client, fecha_nacimiento=fecha)
    assert Registro.objects.get().fecha_nacimiento == date(1980, 12, 31)


@pytest.mark.parametrize(
    ("ahora", "nacimiento", "entra"),
    [
        ("2026-11-21T05:59:00Z", "21/11/2008", False),  # 23:59 of the 20th in Guatemala
        ("2026-11-21T06:00:00Z", "21/11/2008", True),  # midnight of the 21st
        ("2026-02-28T18:00:00Z", "29/02/2008", False),
        ("2026-03-01T06:00:00Z", "29/02/2008", True),
        ("2028-03-01T05:59:00Z", "01/03/2010", False),
        ("2028-03-01T06:00:00Z", "01/03/2010", True),
    ],
)
def test_solo_se_registra_quien_tiene_18_en_la_fecha_de_guatemala(client, ahora, nacimiento, entra):
    """A2: the birthday and the 29th of February, at Guatemala's midnight; a minor leaves no trace."""
    with time_machine.travel(ahora):
        respuesta = enviar(client, fecha_nacimiento=nacimiento)
    assert Registro.objects.exists() is entra
    if not entra:
        assert errores(respuesta)["fecha_nacimiento"] == ["Debe tener 18 años o más para usar este portal."]
        assert nada_guardado()


def datos_de_registro(**cambios):
    return {
        "cui": CUI,
        "correo": "rosalinda@demo.gt",
        "clave": CLAVE,
        "fecha_nacimiento": date(1980, 12, 31),
        "primer_nombre": "ROSALINDA",
        "segundo_nombre": "",
        "primer_apellido": "TZOC",
        "segundo_apellido": "",
        "ip": "127.0.0.1",
        "agente": "",
        "ahora": datetime(2026, 11, 21, 12, tzinfo=UTC),
    } | cambios


def test_la_accion_tampoco_registra_a_un_menor():
    """A2: not only the form refuses."""
    with pytest.raises(ValidationError):
        registrar(**datos_de_registro(fecha_nacimiento=date(2008, 11, 22)))
    assert nada_guardado()


def pagina(respuesta, correo):
    """What the person sees, but for the address that each one typed and the form's token."""
    texto = respuesta.content.decode().replace(correo, "@")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", texto)


def buzon(correo):
    """The mails that reached it, without what makes each link another."""
    filas = Correo.objects.filter(para=correo).order_by("pk")
    return [
        (c.plantilla, c.asunto, c.contexto["boton"], re.sub(r"\w{32}-\d:[-\w]+", "…", c.contexto["enlace"]))
        for c in filas
    ]


@pytest.mark.parametrize(
    ("cui", "correo", "avisado"),
    [
        pytest.param(CUI, "rosalinda@demo.gt", True, id="ambos"),
        pytest.param("1002003030101", "rosalinda@demo.gt", True, id="correo"),
        pytest.param(CUI, "otra@demo.gt", False, id="cui"),
    ],
)
def test_el_registro_no_dice_si_la_cuenta_existia(client, ciudadana, cui, correo, avisado):
    """S37: the same page, mail and sign-in as for a new one; only the owner is told, by their own mail."""
    nuevo = enviar(otro := Client(), cui="1928374782217", correo="nueva@demo.gt")
    repetido = enviar(client, cui=cui, correo=correo)
    assert repetido.redirect_chain == nuevo.redirect_chain
    assert pagina(repetido, correo) == pagina(nuevo, "nueva@demo.gt")
    intento = ("intento_registro", "Intento de crear una cuenta", "Ingresar al portal", "/cuenta/ingresar/")
    assert buzon("rosalinda@demo.gt") == [intento]
    if not avisado:
        assert buzon(correo) == buzon("nueva@demo.gt") != []
    for navegador, dato in (
        (client, cui),
        (client, correo),
        (otro, "1928374782217"),
        (otro, "nueva@demo.gt"),
    ):
        respuesta = ingresar(navegador, dato, "otra clave larga")
        assert NO_COINCIDE in respuesta.content.decode()
        assert not dentro(navegador)
    assert Usuario.objects.count() == 1
    ciudadana.refresh_from_db()
    assert ciudadana.check_password(CLAVE)


def test_antes_de_confirmar_la_contrasena_buena_contesta_como_una_mala(client, ciudadana):
    """S37: whoever registered another's CUI with their own address learns nothing by signing in."""
    enviar(client, cui="1928374782217", correo="nueva@demo.gt")
    enviar(
        otro := Client(),
        cui=CUI,
        correo="otra@demo.gt",
        clave="mi clave de prueba",
        clave_repetida="mi clave de prueba",
    )
    nueva = ingresar(client, "1928374782217")
    ajena = ingresar(otro, CUI, "mi clave de prueba")
    assert NO_COINCIDE in nueva.content.decode()
    assert "Primero confirme su correo." in nueva.content.decode()
    assert pagina(nueva, "1928374782217") == pagina(ajena, CUI)


def test_quien_confirma_con_un_cui_ajeno_lo_sabe_por_la_pagina_y_por_su_correo(client, ciudadana):
    """mensajes.md §2: said to a mailbox that was proved, of which nothing is kept afterwards."""
    enviar(client, correo="otra@demo.gt")
    respuesta = confirmar(client, "otra@demo.gt")
    assert (
        "Recibimos su solicitud, pero no pudimos crear la cuenta. Llame a ONSEC al"
        in respuesta.content.decode()
    )
    assert Correo.objects.get(plantilla="registro_no_posible").para == "otra@demo.gt"
    assert not Registro.objects.exists()
    assert Usuario.objects.get() == ciudadana


def test_los_dos_caminos_cifran_una_contrasena(monkeypatch, ciudadana):
    """S37: what costs time is done once in both branches, outside the transaction."""
    cifrados = []
    monkeypatch.setattr(
        "cuentas.acciones.registrar.make_password",
        lambda clave: cifrados.append(connection.in_atomic_block) or "x",
    )
    registrar(**datos_de_registro())
    registrar(**datos_de_registro(cui="1002003030101", correo="elena@demo.gt"))
    assert len(cifrados) == 2


def test_los_dos_caminos_tardan_lo_mismo(ciudadana):
    """S37: the medians of their processor time differ by less than 20 ms, however loaded the machine."""
    nuevos, repetidos = [], []
    for n in range(60):
        nuevos.append(_duracion(cui=cui_de_prueba(5000 + n), correo=f"nueva{n}@demo.gt"))
        repetidos.append(_duracion(correo=f"otra{n}@demo.gt"))
    assert abs(median(nuevos) - median(repetidos)) < 0.02


def _duracion(**cambios):
    inicio = thread_time()
    registrar(**datos_de_registro(**cambios))
    return thread_time() - inicio


@pytest.mark.django_db(transaction=True)
def test_dos_confirmaciones_a_la_vez_dan_una_sola_cuenta():
    """S37: the loser of the race sees no error, and the unique constraint decides."""
    registros = [registrar(**datos_de_registro(correo=f"rosalinda{n}@demo.gt")) for n in range(2)]
    barrera, cuentas, fallos = threading.Barrier(2), [], []

    def correr(registro):
        try:
            barrera.wait()
            cuentas.append(confirmar_registro(llave(registro), ahora=registro.pedido_en))
        except Exception as error:
            fallos.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=(registro,)) for registro in registros]
    [hilo.start() for hilo in hilos]
    [hilo.join() for hilo in hilos]
    assert fallos == []
    assert [c for c in cuentas if c] == [Usuario.objects.get()]
    assert Correo.objects.filter(plantilla="registro_no_posible").count() == 1


VIDA = timedelta(days=EMAIL_CONFIRMATION_EXPIRE_DAYS)


def corregir(client, correo):
    return client.post("/cuenta/registro/enviado/", {"correo": correo}, follow=True)


def test_un_correo_mal_escrito_no_retiene_el_cui(client):
    """A2, S37: until it is confirmed a registration keeps nothing from anybody; the first wins."""
    enviar(Client(), correo="rosalnda@demo.gt")
    enviar(client)
    confirmar(client)
    ingresar(client, CUI)
    assert dentro(client)
    tarde = Client().post(enlaces("rosalnda@demo.gt")[0]).content.decode()
    assert "no pudimos crear la cuenta" in tarde


@pytest.mark.parametrize("existia", [False, True])
def test_la_misma_sesion_corrige_el_correo_antes_de_confirmar(client, con_cuenta, existia):
    """A mistyped address is mended where it was typed, told to nobody else, and the same for a CUI taken."""
    if existia:
        con_cuenta(cui=CUI, email="duena@demo.gt", clave="la de su duena")
    enviar(client, correo="rosalnda@demo.gt")
    antes = Correo.objects.exclude(para="rosalinda@demo.gt").count()
    respuesta = corregir(client, " Rosalinda@Demo.gt ")
    assert "Le enviamos un correo a <strong>rosalinda@demo.gt</strong>" in respuesta.content.decode()
    assert Correo.objects.exclude(para="rosalinda@demo.gt").count() == antes
    assert "Este enlace ya no sirve." in Client().post(enlaces("rosalnda@demo.gt")[0]).content.decode()
    confirmar(Client())
    ingresar(client, CUI)
    assert dentro(client) is not existia


def test_corregir_hacia_el_correo_de_otra_cuenta_solo_lo_sabe_su_duena(client, ciudadana):
    """S37: the page is the same; its owner hears what she would have heard at once."""
    enviar(client, cui="1002003030101", correo="nueva@demo.gt")
    respuesta = corregir(client, ciudadana.email)
    assert f"Le enviamos un correo a <strong>{ciudadana.email}</strong>" in respuesta.content.decode()
    assert [p for p, *_ in buzon(ciudadana.email)] == ["intento_registro"]


def test_nadie_mas_corrige_ni_sin_fin(client):
    """S49: only the session that registered, a few times; what is no address is told, and kept."""
    enviar(client, correo="correo0@demo.gt")
    assert (
        Client().post("/cuenta/registro/enviado/", {"correo": "x@demo.gt"}).headers["Location"]
        == "/cuenta/registro/"
    )
    mala = corregir(client, "sin arroba").content.decode()
    assert "Escriba un correo como nombre@ejemplo.com." in mala
    assert "sin arroba" in mala
    for n in range(1, CORRECCIONES + 3):
        corregir(client, f"correo{n}@demo.gt")
    assert Registro.objects.get().correo == f"correo{CORRECCIONES}@demo.gt"
    assert not Correo.objects.filter(para=f"correo{CORRECCIONES + 1}@demo.gt").exists()


def test_corregir_lo_ya_confirmado_no_hace_nada(client):
    """Confirmed from the telephone meanwhile: the page left open leads to sign in."""
    enviar(client)
    confirmar(Client())
    assert corregir(client, "otra@demo.gt").redirect_chain[-1][0] == "/cuenta/ingresar/"
    assert Usuario.objects.get().email == "rosalinda@demo.gt"


def test_pedir_otro_mensaje_deja_servir_el_anterior(client):
    """mensajes.md §3: another message to the same address; the first link stays good."""
    enviar(client)
    corregir(client, "rosalinda@demo.gt")
    assert len(enlaces()) == 2
    client.post(enlaces()[1])
    assert Usuario.objects.exists()


def test_lo_que_nadie_confirmo_caduca_y_se_borra(client):
    """Nothing personal is kept of it; its link says that it no longer works."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        enviar(client)
        reloj.shift(VIDA + timedelta(minutes=1))
        assert "Este enlace ya no sirve." in client.post(enlaces()[0]).content.decode()
        borrar_caducados()
    assert not Registro.objects.exists()
    assert not Usuario.objects.exists()


def test_los_errores_del_formulario_no_agotan_la_salida_comun(client):
    """A university, a kiosk or a telephone company: their mistakes stop nobody behind the same address."""
    for _ in range(150):
        client.post("/cuenta/registro/", LLENO | {"cui": "1"})
    assert ENVIADO in enviar(Client()).content.decode()


def test_pedir_cuentas_tiene_tope_por_salida(client, settings):
    """S38: what does count is each account asked for."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"signup": "2/5m/ip"}
    codigos = [enviar(Client(), correo=f"p{n}@demo.gt").status_code for n in range(3)]
    assert codigos == [200, 200, 429]


def test_registrar_cuis_ajenos_no_impide_a_su_duena_registrarse_ni_llena_su_buzon(ciudadana):
    """S38, S49: who spends the tries of a CUI from one place stops only that place."""
    for n in range(7):
        enviar(Client(REMOTE_ADDR="203.0.113.9"), correo=f"otra{n}@demo.gt")
    assert len(buzon(ciudadana.email)) == 1
    assert ENVIADO in enviar(Client(REMOTE_ADDR="198.51.100.7"), correo="propia@demo.gt").content.decode()


@pytest.mark.parametrize("verificado", [True, False])
def test_una_cuenta_de_antes_sin_confirmar_no_retiene_el_cui(client, con_cuenta, verificado):
    """A3, S37: those made before confirming count as none; a confirmed one is never freed."""
    cuenta = con_cuenta(cui=CUI, email="rosalnda@demo.gt", verificado=verificado)
    enviar(client)
    assert Correo.objects.filter(para=cuenta.email).exists() is verificado
    confirmar(client)
    assert Usuario.objects.get(cui=CUI).email == ("rosalnda@demo.gt" if verificado else "rosalinda@demo.gt")
    assert Evento.objects.filter(tipo="cuenta_liberada").exists() is not verificado


def test_lo_que_se_libera_ya_no_se_confirma(rf, con_cuenta):
    """A3: of a confirmation and a new registration at once, the first wins; the other takes nothing back."""
    cuenta = con_cuenta(cui=CUI, email="rosalnda@demo.gt", verificado=False)
    direccion = EmailAddress.objects.get(user=cuenta)
    liberar_sin_confirmar(CUI, "rosalinda@demo.gt", ahora=timezone.now() + VIDA)
    peticion = rf.post("/")
    peticion.session = SessionStore()
    peticion._messages = default_storage(peticion)
    assert not get_adapter().confirm_email(peticion, direccion)
    assert not EmailAddress.objects.exists()


def test_no_se_puede_bombardear_un_buzon_con_registros(client):
    """S49: the sixth try with one address or one CUI in five minutes waits, known or not."""
    for _ in range(5):
        enviar(Client())
    respuesta = enviar(client)
    assert respuesta.status_code == 429
    assert "Espere 5 minutos y vuelva a intentar." in respuesta.content.decode()
    assert Correo.objects.count() == 5


def test_quien_ya_ingreso_no_se_registra_otra_vez(client, ciudadana):
    """A signed-in person is taken to the Tablero."""
    client.force_login(ciudadana)
    assert client.get("/cuenta/registro/").headers["Location"] == "/tablero/"
