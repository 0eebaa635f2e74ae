"""The verdicts on the page of a Gestión: kept, composed, refused in a sentence (F1, F4, F5)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cuentas.models import Usuario
from notificaciones.models import Correo, Notificacion
from tests.fabricas import DocumentoFactory
from tests.tramites import escenas
from tests.tramites.ciudadano.lectura import arbol, botones, errores, palabras, texto
from tramites.models import Gestion, Resultado

pytestmark = pytest.mark.django_db
FIRMA = {"documento": "FORMULARIO", "campo": "CAMPO DE FIRMA", "defecto": "FALTA FIRMAR."}


def actual(gestion: Gestion) -> Gestion:
    return Gestion.objects.get(pk=gestion.pk)


def dictar(navegador, gestion, lugar, *, accion="guardar", version=None, **dicho):
    """Press a button of the form of a renglón or a step."""
    es_paso = isinstance(lugar, str)
    direccion = reverse("juzgar_paso" if es_paso else "juzgar_renglon", args=[gestion.numero, lugar])
    prefijo = f"{'p' if es_paso else 'd'}-{lugar}"
    datos = {"version": version or actual(gestion).version} | dicho
    return navegador.post(direccion, {f"{prefijo}-{c}": v for c, v in datos.items()} | {"accion": accion})


def test_los_rotulos_del_contrato_estan_en_cada_renglon_y_en_cada_paso(mesa, tomada, pagina):
    """Contract, «Words on the reviewer's desk»; F4."""
    respuesta = mesa.get(pagina("revision", tomada))
    for n in range(1, 9):
        lugar = arbol(respuesta).find(f".//details[@id='lugar-{n}']")
        rotulos = [texto(e) for e in lugar.iter() if e.tag in ("label", "legend")]
        assert f"Documento {n}: su decisión" in rotulos
        assert {"Verificado", "Con observación", "Documento", "Campo", "Defecto", "Caso de Previo"} <= set(
            rotulos
        )
    for clave in ("datos-generales", "beneficiario", "juramento"):
        lugar = arbol(respuesta).find(f".//details[@id='lugar-{clave}']")
        rotulos = {texto(e) for e in lugar.iter("label")}
        assert {"Con observación", "Caso de Previo"} <= rotulos
        assert "Verificado" not in rotulos
    for rotulo in ("Liberar", "Enviar a previo", "Admitir expediente", "Vista previa del correo"):
        assert rotulo in botones(respuesta)
    assert "Motivo de envío a PREVIO" in {texto(e) for e in arbol(respuesta).iter("label")}


def test_los_datos_enviados_estan_al_lado_de_los_documentos(mesa, tomada, pagina):
    """F1: what was sent, not the draft; F5: what to check."""
    escrito = palabras(mesa.get(pagina("revision", tomada)))
    for paso in tomada.definicion.formularios:
        enviado = tomada.formulario_vigente.contenido["pasos"][paso.clave]["legibles"]
        assert all(valor in escrito for _, valor in enviado)
    for requisito in tomada.definicion.requisitos:
        assert all(punto in escrito for punto in requisito.control)


def test_verificado_se_guarda_y_la_pagina_pasa_al_siguiente_sin_revisar(mesa, analista, tomada):
    respuesta = dictar(mesa, tomada, 1, resultado="VERIFICADO")
    assert respuesta["Location"] == f"{reverse('revision', args=[tomada.numero])}?abrir=2#lugar-2"
    (veredicto,) = tomada.veredictos.all()
    assert (veredicto.renglon, veredicto.resultado, veredicto.juzgado_por) == (1, "VERIFICADO", analista)
    assert "3 de 8 revisados" in palabras(mesa.get(respuesta["Location"]))


def test_con_observacion_guarda_el_caso_los_archivos_y_la_pagina(mesa, tomada):
    """F4, E9: which files it names."""
    otro = DocumentoFactory(gestion=tomada, renglon=5, envio=tomada.envios.get())
    dictar(mesa, tomada, 5, resultado="OBSERVADO", texto="FALTA UNO.", archivos=[str(otro.pk)], pagina=3)
    veredicto = tomada.veredictos.get()
    assert (veredicto.texto, veredicto.pagina) == ("FALTA UNO.", 3)
    assert list(veredicto.archivos.all()) == [otro]


def test_sin_guion_el_caso_se_compone_y_se_edita_antes_de_guardar(mesa, tomada):
    """F4: three parts of the catalogue; nothing is saved until «Guardar»."""
    respuesta = dictar(mesa, tomada, 1, accion="componer", **FIRMA)
    assert respuesta.status_code == 200
    caso = arbol(respuesta).find(".//textarea[@name='d-1-texto']")
    assert texto(caso) == "FORMULARIO CAMPO DE FIRMA FALTA FIRMAR."
    assert arbol(respuesta).find(".//details[@id='lugar-1']").get("open") is not None
    assert not tomada.veredictos.exists()
    dictar(mesa, tomada, 1, resultado="OBSERVADO", texto="FALTA FIRMAR EL ACTA.", **FIRMA)
    veredicto = tomada.veredictos.get()
    assert veredicto.texto == "FALTA FIRMAR EL ACTA."
    assert (veredicto.documento, veredicto.campo, veredicto.defecto) == tuple(FIRMA.values())


def test_si_no_se_escribio_el_caso_es_lo_que_dicen_sus_tres_partes(mesa, tomada):
    dictar(mesa, tomada, 1, resultado="OBSERVADO", **FIRMA)
    assert tomada.veredictos.get().texto == "FORMULARIO CAMPO DE FIRMA FALTA FIRMAR."


def test_observar_sin_caso_lo_dice_y_conserva_lo_tecleado(mesa, tomada):
    """mensajes.md §3."""
    respuesta = dictar(mesa, tomada, 2, resultado="OBSERVADO", pagina=7)
    assert errores(respuesta) == ["Escriba qué debe corregir la persona en el documento 2."]
    assert arbol(respuesta).find(".//input[@name='d-2-pagina']").get("value") == "7"
    assert texto(arbol(respuesta).find(".//title")).startswith("Error: ")
    assert not tomada.veredictos.exists()


def test_guardar_sin_elegir_lo_pide(mesa, tomada):
    assert errores(dictar(mesa, tomada, 2)) == ["Elija «Verificado» o «Con observación»."]


def test_un_renglon_sin_archivos_se_observa_y_no_se_verifica(mesa, tomada):
    """matriz.md §5: the 7 may be missing."""
    respuesta = dictar(mesa, tomada, 7, resultado="VERIFICADO")
    assert errores(respuesta) == ["El documento 7 no tiene archivos que verificar."]
    enlace = arbol(respuesta).find(".//*[@data-resumen]//a")
    assert enlace.get("href").startswith("#id_d-7-resultado")  # said where it was marked
    dictar(mesa, tomada, 7, resultado="OBSERVADO", texto="FALTA CARGAR.")
    assert tomada.veredictos.get().renglon == 7


def test_un_paso_se_observa_y_se_deja_sin_observacion(mesa, tomada):
    """E8, matriz.md §5."""
    dictar(mesa, tomada, "beneficiario", resultado="OBSERVADO", texto="FALTA LLENAR LA DIRECCIÓN.")
    assert tomada.veredictos.get().paso == "beneficiario"
    dictar(mesa, tomada, "beneficiario", resultado="")
    assert not tomada.veredictos.exists()


def test_la_revision_de_un_renglon_se_puede_quitar(mesa, tomada):
    dictar(mesa, tomada, 3, resultado="VERIFICADO")
    dictar(mesa, tomada, 3, accion="quitar")
    assert not tomada.veredictos.exists()


@pytest.mark.parametrize("lugar", [9, 0, "documentos", "inventado"])
def test_un_lugar_que_no_existe_es_404(mesa, tomada, lugar):
    assert dictar(mesa, tomada, lugar, resultado="OBSERVADO", texto="X").status_code == 404


@pytest.mark.parametrize("ajeno", ["d-1-documento", "d-1-resultado"])
def test_una_opcion_ajena_al_catalogo_no_se_guarda(mesa, tomada, ajeno):
    """S21, S28: only what was offered."""
    datos = {"d-1-version": tomada.version, "d-1-resultado": "OBSERVADO", "d-1-texto": "X", ajeno: "{{7*7}}"}
    respuesta = mesa.post(reverse("juzgar_renglon", args=[tomada.numero, 1]), datos)
    assert respuesta.status_code == 200
    assert not tomada.veredictos.exists()


def test_la_version_vieja_es_409_y_conserva_lo_que_se_escribio(mesa, tomada):
    """S24, mensajes.md §4."""
    vieja = tomada.version
    dictar(mesa, tomada, 1, resultado="VERIFICADO")
    respuesta = dictar(mesa, tomada, 2, version=vieja, resultado="OBSERVADO", texto="NO SE LEE.")
    assert respuesta.status_code == 409
    escrito = palabras(respuesta)
    assert "Esta Gestión cambió" in escrito
    assert "No se guardó lo último que hizo. Abajo está lo que escribió." in escrito
    assert "Caso de Previo: NO SE LEE." in escrito
    assert {"Ver la Gestión actualizada", "Copiar lo que escribí"} <= set(botones(respuesta))
    assert tomada.veredictos.count() == 1


def test_quien_no_la_tiene_no_juzga(entrar, tomada, pagina):
    """S18: another analyst reads; the form is not there and the POST is refused."""
    otra = entrar(escenas.analista())
    assert dictar(otra, tomada, 1, resultado="VERIFICADO").status_code == 403
    respuesta = otra.get(pagina("revision", tomada))
    assert "Guardar" not in " ".join(botones(respuesta))
    assert "Enviar a previo" not in botones(respuesta)


def test_en_la_segunda_ronda_observar_lo_verificado_pide_justificacion(entrar, titular):
    """matriz.md §5, Decreto 5-2021: calificación única."""
    quien = escenas.analista()
    gestion = escenas.observada(titular, quien)
    escenas.sustituir(gestion, 1)
    escenas.remandar(gestion)
    navegador = entrar(quien)
    respuesta = dictar(navegador, gestion, 2, resultado="OBSERVADO", texto="ESTÁ VENCIDA.")
    assert errores(respuesta) == ["Escriba por qué observa ahora un documento ya verificado."]
    corta = dictar(
        navegador, gestion, 2, resultado="OBSERVADO", texto="ESTÁ VENCIDA.", justificacion="x" * 29
    )
    assert errores(corta) == ["Escriba por qué observa ahora un documento ya verificado."]
    dictar(navegador, gestion, 2, resultado="OBSERVADO", texto="ESTÁ VENCIDA.", justificacion="x" * 30)
    assert gestion.veredictos.get(ronda=2, renglon=2).resultado == Resultado.OBSERVADO
    pagina = navegador.get(reverse("revision", args=[gestion.numero]))
    assert arbol(pagina).find(".//textarea[@name='d-1-justificacion']") is None
    assert "Cambió" in texto(arbol(pagina).find(".//details[@id='lugar-1']/summary"))
    assert "Ronda 1" in palabras(pagina)
    assert escenas.FIRMA in palabras(pagina)


def test_la_justificacion_la_lee_onsec_y_nunca_la_persona(mesa, entrar, analista, titular, cliente):
    """matriz.md §5: it stays in the previo and in a notice to jefatura; the owner does not see it."""
    por_que = "EN LA PÁGINA DOS SE ADVIERTE OTRA FECHA"
    gestion = escenas.reponer(escenas.observada(titular, analista), 1)
    escenas.remandar(gestion)
    escenas.dictaminar(gestion, analista, renglon=1)
    escenas.dictaminar(
        gestion, analista, renglon=2, resultado=Resultado.OBSERVADO, texto="VENCIDO.", justificacion=por_que
    )
    jefa = entrar(Usuario.Papel.JEFATURA)
    escenas.devolver(gestion, analista)
    for navegador in (mesa, jefa, entrar(Usuario.Papel.AUDITORIA)):
        previos = arbol(navegador.get(reverse("revision", args=[gestion.numero]))).find(
            ".//section[@aria-labelledby='rondas']"
        )
        assert f"VENCIDO. Justificación: {por_que}" in texto(previos)
    aviso = Notificacion.objects.get(plantilla="previo_justificado")
    assert por_que in palabras(jefa.get(reverse("notificacion", args=[aviso.pk])))
    suyo = Notificacion.objects.filter(destinatario=titular, plantilla="previo").latest("pk")
    for direccion in (
        reverse("gestion", args=[gestion.numero]),
        reverse("archivos", args=[gestion.numero, 2]),
        reverse("notificacion", args=[suyo.pk]),
    ):
        leido = cliente.get(direccion)
        assert leido.status_code == 200
        assert por_que not in leido.content.decode()
    assert por_que not in palabras(mesa.get(reverse("como_la_persona", args=[gestion.numero])))
    assert not Correo.objects.filter(contexto__icontains="ADVIERTE").exists()


def test_los_casos_dicen_el_documento_o_el_paso_por_su_nombre(mesa, analista, titular):
    """F3: words, never the key of the program."""
    gestion = escenas.observada(titular, analista, {2: "VENCIDO."}, {"beneficiario": "FALTA EL TELÉFONO."})
    leida = palabras(mesa.get(reverse("revision", args=[gestion.numero])))
    assert "Paso 2, Datos del Beneficiario. FALTA EL TELÉFONO." in leida
    historia = palabras(mesa.get(reverse("historia", args=[gestion.numero])))
    casos = historia.split("Casos: ")[1].split(" · ")[0]
    assert "Documento 2, " in casos
    assert "Paso 2, Datos del Beneficiario" in casos
    assert "beneficiario" not in leida + historia


def test_mas_archivos_cuestan_las_mismas_consultas(mesa, tomada, pagina):
    """Pages keep a fixed number of queries."""

    def consultas() -> int:
        with CaptureQueriesContext(connection) as hechas:
            mesa.get(pagina("revision", tomada))
        return len(hechas)

    consultas()
    antes = consultas()
    for renglon in (2, 3, 5, 5, 5, 8, 8):
        DocumentoFactory(gestion=tomada, renglon=renglon, envio=tomada.envios.get())
    dictar(mesa, tomada, 1, resultado="VERIFICADO")
    dictar(mesa, tomada, 2, resultado="OBSERVADO", texto="NO SE LEE.")
    consultas()
    assert consultas() <= antes + 2  # the files that a verdict names and those that it saw
