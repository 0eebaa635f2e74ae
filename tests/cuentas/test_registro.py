"""Registration, from the form to the first sign-in."""

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
from cuentas.acciones.liberar import liberar_sin_confirmar
from cuentas.acciones.registrar import registrar
from cuentas.models import Aceptacion, DocumentoLegal, Usuario
from notificaciones.models import Correo
from tests.fabricas import cui as cui_de_prueba

from .conftest import CLAVE, CUI, dentro, ingresar

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


def errores(respuesta):
    return {campo: list(textos) for campo, textos in respuesta.context["form"].errors.items()}


def nada_guardado():
    return not (Usuario.objects.exists() or Aceptacion.objects.exists() or Correo.objects.exists())


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
    persona = Usuario.objects.get()
    assert (persona.cui, persona.email, persona.nombre_completo) == (
        CUI,
        "rosalinda@demo.gt",
        "ROSALINDA TZOC BARRERA",
    )
    assert persona.fecha_nacimiento == date(1980, 12, 31)
    correo = Correo.objects.get()
    assert (correo.para, correo.asunto) == ("rosalinda@demo.gt", "Confirme su correo en el portal CEO")
    enlace = correo.contexto["enlace"]
    assert '<button class="boton">Confirmar</button>' in client.get(enlace).content.decode()
    assert not EmailAddress.objects.get().verified  # S19: looking confirms nothing
    assert "Ya puede ingresar." in client.post(enlace, follow=True).content.decode()
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
    client.post("/cuenta/registro/", LLENO, headers={"user-agent": "Navegador " + "x" * 400})
    aceptadas = Aceptacion.objects.select_related("documento")
    assert {a.documento.tipo for a in aceptadas} == {"terminos", "privacidad", "declaracion"}
    for aceptacion in aceptadas:
        assert aceptacion.documento.version == 1
        assert len(aceptacion.documento.sha256) == 64
        assert aceptacion.ip == "127.0.0.1"
        assert len(aceptacion.agente) == 300
        assert aceptacion.aceptado_en == Evento.objects.get().ocurrido_en


def test_se_acepta_la_version_vigente_ese_dia(client):
    """A1: a newer text in force is what is recorded; one of tomorrow is not."""
    for version, dia in ((2, datetime(2025, 1, 1, tzinfo=UTC)), (3, datetime(2999, 1, 1, tzinfo=UTC))):
        DocumentoLegal.objects.create(
            tipo="terminos", version=version, titulo="Términos", texto=f"v{version}", vigente_desde=dia
        )
    enviar(client)
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
    assert Usuario.objects.get().fecha_nacimiento == date(1980, 12, 31)


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
    assert Usuario.objects.exists() is entra
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


@pytest.mark.parametrize(
    ("cui", "correo", "avisos"),
    [
        pytest.param(CUI, "rosalinda@demo.gt", {("rosalinda@demo.gt", "intento_registro")}, id="ambos"),
        pytest.param(
            "1002003030101", "rosalinda@demo.gt", {("rosalinda@demo.gt", "intento_registro")}, id="correo"
        ),
        pytest.param(
            CUI,
            "otra@demo.gt",
            {("rosalinda@demo.gt", "intento_registro"), ("otra@demo.gt", "registro_no_posible")},
            id="cui",
        ),
    ],
)
def test_el_registro_no_dice_si_la_cuenta_existia(client, ciudadana, cui, correo, avisos):
    """S37: the same page and status as for a new one; only the owner is told, by mail."""
    nuevo = enviar(Client(), cui="1928374782217", correo="nueva@demo.gt")
    Correo.objects.all().delete()
    repetido = enviar(client, cui=cui, correo=correo)
    assert repetido.redirect_chain == nuevo.redirect_chain
    assert repetido.status_code == nuevo.status_code
    # The only difference is the address that each one typed.
    assert repetido.content.decode().replace(correo, "@") == nuevo.content.decode().replace(
        "nueva@demo.gt", "@"
    )
    assert set(Correo.objects.values_list("para", "plantilla")) == avisos
    assert Usuario.objects.count() == 2
    ciudadana.refresh_from_db()
    assert ciudadana.check_password(CLAVE)


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
def test_dos_registros_a_la_vez_dan_una_sola_cuenta():
    """S37: the loser of the race sees no error, and the unique constraint decides."""
    barrera, fallos = threading.Barrier(2), []

    def correr(n):
        try:
            barrera.wait()
            registrar(**datos_de_registro(correo=f"rosalinda{n}@demo.gt"))
        except Exception as error:
            fallos.append(error)
        finally:
            connection.close()

    hilos = [threading.Thread(target=correr, args=(n,)) for n in range(2)]
    [hilo.start() for hilo in hilos]
    [hilo.join() for hilo in hilos]
    assert fallos == []
    ganador = Usuario.objects.get()
    assert set(Correo.objects.values_list("para", "plantilla")) >= {
        (ganador.email, "confirmar_correo"),
        (ganador.email, "intento_registro"),
    }


def test_si_la_carrera_se_pierde_despues_de_mirar_no_hay_error(monkeypatch, ciudadana):
    """S37: the account appeared between the look and the write."""
    miradas = iter([[], [ciudadana]])
    monkeypatch.setattr("cuentas.acciones.registrar._duenos", lambda cui, correo: next(miradas))
    registrar(**datos_de_registro())
    assert Usuario.objects.count() == 1
    assert Correo.objects.get().plantilla == "intento_registro"


VIDA = timedelta(days=EMAIL_CONFIRMATION_EXPIRE_DAYS)


def enlace_de(correo) -> str:
    return Correo.objects.filter(para=correo, plantilla="confirmar_correo").latest("pk").contexto["enlace"]


def test_un_correo_mal_escrito_no_deja_fuera_para_siempre(client):
    """A2, S37: once the link died, the CUI may register again; the page says the same as ever."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        primera = enviar(client, correo="rosalnda@demo.gt")
        viejo = enlace_de("rosalnda@demo.gt")
        reloj.shift(VIDA + timedelta(minutes=1))
        segunda = enviar(Client(), correo="rosalinda@demo.gt")
        assert segunda.redirect_chain == primera.redirect_chain
        assert set(Correo.objects.values_list("para", "plantilla")) == {
            ("rosalnda@demo.gt", "confirmar_correo"),
            ("rosalinda@demo.gt", "confirmar_correo"),
        }
        assert "Este enlace ya no sirve." in client.get(viejo).content.decode()
        client.post(enlace_de("rosalinda@demo.gt"))
        ingresar(client, CUI)
        assert dentro(client)
    libre = Usuario.objects.get(is_active=False)
    assert (libre.nombre_completo, libre.fecha_nacimiento, CUI in libre.cui) == ("", None, False)
    assert Evento.objects.get(tipo="cuenta_liberada").datos == {"cuenta": libre.pk}


@pytest.mark.parametrize("verificado", [True, False])
def test_mientras_el_enlace_vive_o_si_se_confirmo_nadie_la_reemplaza(client, con_cuenta, verificado):
    """A3, S37: a confirmed account is never freed, nor one whose link still works."""
    with time_machine.travel(timezone.now(), tick=False) as reloj:
        cuenta = con_cuenta(cui=CUI, email="rosalinda@demo.gt", verificado=verificado)
        reloj.shift(VIDA * 100 if verificado else VIDA - timedelta(minutes=1))
        enviar(client, correo="otra@demo.gt")
    assert Usuario.objects.get() == cuenta
    assert not Evento.objects.filter(tipo="cuenta_liberada").exists()


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
