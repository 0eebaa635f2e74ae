"""How many queries each page makes, all included: who asks, their session and the badge are one of them.

«–» is for nobody: an answer without a page. Of a Gestión, the worst of the roles that see it.
"""

from tests.arquitectura.mundos import MUNDOS

Tabla = dict[tuple[str, str], str]
# In the order of `mundos.MUNDOS`.
DE_LA_GESTION = """
| página                 | CREA | SOLA | RECI | OBSE | FALL | ADMI | ARCH | BORR |
| gestion                | 6    | 8    | 8    | 9    | 9    | 9    | 9    | 6    |
| paso datos-generales   | 4    | –    | –    | 6    | 6    | –    | –    | –    |
| paso beneficiario      | 4    | –    | –    | 6    | 6    | –    | –    | –    |
| paso juramento         | 4    | –    | –    | 6    | 6    | –    | –    | –    |
| paso acta              | 4    | –    | –    | –    | –    | –    | –    | –    |
| paso notificado        | 4    | –    | –    | –    | –    | –    | –    | –    |
| paso documentos        | 4    | –    | –    | 7    | 7    | –    | –    | –    |
| paso validacion        | 4    | –    | –    | –    | –    | –    | –    | –    |
| formulario_pdf         | 2    | 2    | 2    | 2    | 2    | 2    | 2    | 2    |
| archivos               | 3    | 4    | 4    | 7    | 7    | 6    | 6    | 3    |
| documento              | 3    | 3    | 3    | 3    | 3    | 3    | 3    | 3    |
| eliminar               | 3    | –    | –    | 6    | 6    | –    | –    | –    |
| sustituir              | –    | –    | –    | –    | –    | –    | –    | –    |
| enviar                 | 4    | –    | –    | –    | –    | –    | –    | –    |
| enviada                | –    | 3    | 3    | 3    | 3    | 3    | 3    | –    |
| constancia             | –    | 3    | 3    | 3    | 3    | 3    | 3    | –    |
| aviso_previo           | –    | –    | –    | 5    | 5    | 5    | 5    | –    |
| admision               | –    | –    | –    | –    | –    | 4    | –    | –    |
| desistir               | 2    | 2    | 2    | 2    | 2    | –    | –    | –    |
| retomar                | –    | –    | –    | –    | –    | –    | –    | –    |
| pedir_rectificacion    | –    | 2    | 2    | 2    | 2    | 2    | 2    | –    |
| revision               | –    | 14   | 15   | 14   | 14   | 14   | 14   | –    |
| historia               | –    | 5    | 6    | 6    | 6    | 6    | 6    | –    |
| como_la_persona        | –    | 11   | 11   | 12   | 12   | 12   | 12   | –    |
| tomar                  | –    | –    | –    | –    | –    | –    | –    | –    |
| liberar                | –    | –    | –    | –    | –    | –    | –    | –    |
| reasignar              | –    | 4    | 4    | 4    | 4    | –    | –    | –    |
| juzgar_renglon         | –    | –    | –    | –    | –    | –    | –    | –    |
| juzgar_paso            | –    | –    | –    | –    | –    | –    | –    | –    |
| decidir                | –    | –    | –    | –    | –    | –    | –    | –    |
| observar               | –    | –    | 6    | –    | –    | –    | –    | –    |
| admitir                | –    | –    | 6    | –    | –    | –    | –    | –    |
| desarchivar            | –    | –    | –    | –    | –    | –    | 2    | 2    |
| registrar_notificacion | –    | –    | –    | 2    | 2    | –    | –    | –    |
| internos               | –    | –    | –    | –    | –    | –    | –    | –    |
| anotar                 | –    | –    | –    | –    | –    | –    | –    | –    |
| exportar               | –    | 2    | 2    | 2    | 2    | 2    | 2    | –    |
| constancia_revision    | –    | 4    | 4    | 4    | 4    | 4    | 4    | –    |
| admision_revision      | –    | –    | –    | –    | –    | 5    | –    | –    |
| aviso_previo_revision  | –    | –    | –    | 6    | 6    | 6    | 6    | –    |
| leer_con_motivo        | –    | 4    | 4    | 4    | 4    | 4    | 4    | –    |
| archivo_revision       | –    | 5    | 5    | 5    | 5    | 5    | 5    | –    |
| archivo_leido          | –    | –    | –    | –    | –    | –    | –    | –    |
| pagina                 | –    | 3    | 3    | 3    | 3    | 3    | 3    | –    |
| vista_previa_correo    | –    | 4    | 4    | 3    | 3    | 3    | 3    | –    |
| vista_previa_html      | –    | 4    | 4    | 3    | 3    | 3    | 3    | –    |
| reintentar_correo      | –    | –    | –    | –    | –    | –    | –    | –    |
"""

PAPELES = ("anónimo", "T", "A", "J", "U", "D", "K")
LAS_DEMAS = """
| página                                   | anónimo | T | A | J | U | D | K |
| portada                                  | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| ayuda                                    | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| accesibilidad                            | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| salud_viva                               | 0       | 0 | 0 | 0 | 0 | 0 | 0 |
| salud_lista                              | 1       | 1 | 1 | 1 | 1 | 1 | 1 |
| admin:index                              | –       | – | – | – | – | 2 | – |
| admin:login                              | –       | – | – | – | – | – | – |
| admin:password_change                    | –       | – | – | – | – | – | – |
| admin:password_change_done               | –       | – | – | – | – | – | – |
| admin:autocomplete                       | –       | – | – | – | – | – | – |
| admin:jsi18n                             | –       | – | – | – | – | 1 | – |
| admin:territorio_departamento_changelist | –       | – | – | – | – | 4 | – |
| admin:territorio_departamento_add        | –       | – | – | – | – | 1 | – |
| admin:territorio_departamento_history    | –       | – | – | – | – | 3 | – |
| admin:territorio_departamento_delete     | –       | – | – | – | – | – | – |
| admin:territorio_departamento_change     | –       | – | – | – | – | 2 | – |
| admin:territorio_municipio_changelist    | –       | – | – | – | – | 5 | – |
| admin:territorio_municipio_add           | –       | – | – | – | – | 2 | – |
| admin:territorio_municipio_history       | –       | – | – | – | – | 4 | – |
| admin:territorio_municipio_delete        | –       | – | – | – | – | – | – |
| admin:territorio_municipio_change        | –       | – | – | – | – | 4 | – |
| admin:cuentas_usuario_changelist         | –       | – | – | – | – | 4 | – |
| admin:cuentas_usuario_add                | –       | – | – | – | – | 1 | – |
| admin:cuentas_usuario_history            | –       | – | – | – | – | – | – |
| admin:cuentas_usuario_delete             | –       | – | – | – | – | – | – |
| admin:cuentas_usuario_change             | –       | – | – | – | – | – | – |
| admin:cuentas_documentolegal_changelist  | –       | – | – | – | – | 4 | – |
| admin:cuentas_documentolegal_add         | –       | – | – | – | – | 1 | – |
| admin:cuentas_documentolegal_history     | –       | – | – | – | – | 3 | – |
| admin:cuentas_documentolegal_delete      | –       | – | – | – | – | – | – |
| admin:cuentas_documentolegal_change      | –       | – | – | – | – | 2 | – |
| admin:tramites_asuetoextra_changelist    | –       | – | – | – | – | 4 | – |
| admin:tramites_asuetoextra_add           | –       | – | – | – | – | 1 | – |
| admin:tramites_asuetoextra_history       | –       | – | – | – | – | 3 | – |
| admin:tramites_asuetoextra_delete        | –       | – | – | – | – | 2 | – |
| admin:tramites_asuetoextra_change        | –       | – | – | – | – | 2 | – |
| admin:prevision_opcion_changelist        | –       | – | – | – | – | 4 | – |
| admin:prevision_opcion_add               | –       | – | – | – | – | 1 | – |
| admin:prevision_opcion_history           | –       | – | – | – | – | 3 | – |
| admin:prevision_opcion_delete            | –       | – | – | – | – | – | – |
| admin:prevision_opcion_change            | –       | – | – | – | – | 2 | – |
| admin:prevision_razon_changelist         | –       | – | – | – | – | 4 | – |
| admin:prevision_razon_add                | –       | – | – | – | – | 1 | – |
| admin:prevision_razon_history            | –       | – | – | – | – | – | – |
| admin:prevision_razon_delete             | –       | – | – | – | – | – | – |
| admin:prevision_razon_change             | –       | – | – | – | – | – | – |
| admin:prevision_textoeditable_changelist | –       | – | – | – | – | 4 | – |
| admin:prevision_textoeditable_add        | –       | – | – | – | – | 1 | – |
| admin:prevision_textoeditable_history    | –       | – | – | – | – | – | – |
| admin:prevision_textoeditable_delete     | –       | – | – | – | – | – | – |
| admin:prevision_textoeditable_change     | –       | – | – | – | – | – | – |
| admin:app_list                           | –       | – | – | – | – | 1 | – |
| account_signup                           | 0       | – | – | – | – | – | – |
| registro_enviado                         | –       | – | – | – | – | – | – |
| account_login                            | 0       | – | – | – | – | – | – |
| account_inactive                         | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| account_email_verification_sent          | –       | – | – | – | – | – | – |
| account_confirm_email                    | 2       | 3 | 3 | 3 | 3 | 3 | 3 |
| account_reset_password                   | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| account_reset_password_done              | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| account_reset_password_from_key          | 3       | 4 | 4 | 4 | 4 | 4 | 4 |
| account_reset_password_from_key_done     | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| account_change_password                  | –       | 3 | 3 | 3 | 3 | 3 | 3 |
| account_email                            | –       | 7 | – | – | – | – | – |
| account_reauthenticate                   | –       | 7 | 7 | 7 | 7 | 7 | 7 |
| declarar_cui                             | –       | – | – | – | – | – | – |
| mfa_index                                | –       | – | 3 | 3 | 3 | 3 | 3 |
| mfa_authenticate                         | –       | – | – | – | – | – | – |
| mfa_reauthenticate                       | –       | – | – | – | – | – | – |
| mfa_activate_totp                        | –       | – | – | – | – | – | – |
| mfa_deactivate_totp                      | –       | – | – | – | – | – | – |
| mfa_view_recovery_codes                  | –       | – | – | – | – | – | – |
| mfa_generate_recovery_codes              | –       | – | – | – | – | – | – |
| terminos                                 | 1       | 2 | 2 | 2 | 2 | 2 | 2 |
| privacidad                               | 1       | 2 | 2 | 2 | 2 | 2 | 2 |
| mis_datos                                | –       | 2 | 2 | 2 | 2 | 2 | 2 |
| tablero                                  | –       | 6 | – | – | – | – | – |
| tramites                                 | –       | 1 | – | – | – | – | – |
| derecho                                  | –       | 1 | – | – | – | – | – |
| inicio_tramite                           | –       | – | – | – | – | – | – |
| requisitos                               | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| orientacion                              | –       | – | – | – | – | – | – |
| solicitudes                              | –       | 6 | – | – | – | – | – |
| solicitudes_de                           | –       | – | – | – | – | – | – |
| previos                                  | –       | 2 | – | – | – | – | – |
| verificar                                | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| verificar_codigo                         | 2       | 3 | 3 | 3 | 3 | 3 | 3 |
| mesa                                     | –       | – | 4 | 4 | 6 | 1 | 1 |
| tomar_siguiente                          | –       | – | – | – | – | – | – |
| borradores                               | –       | – | – | 3 | – | – | – |
| estadisticas                             | –       | – | 9 | 9 | 9 | 9 | – |
| bitacora                                 | –       | – | – | – | 4 | 1 | – |
| exportar_bitacora                        | –       | – | – | – | – | – | – |
| verificar_bitacora                       | –       | – | – | – | – | – | – |
| notificaciones                           | –       | 2 | 2 | 2 | 2 | 2 | 2 |
| notificacion                             | –       | 2 | 2 | 2 | 2 | 2 | 2 |
| correos                                  | 0       | 1 | 1 | 1 | 1 | 1 | 1 |
| correo                                   | –       | – | – | – | – | – | – |
| correo_html                              | –       | – | – | – | – | – | – |
"""

# What a GET may write: the reading that the log must hold, with the session's memory of it.
LECTURA = {"bitacora_evento", "django_session"}
ESCRIBEN: dict[str, set[str]] = {
    "admision_revision": {"bitacora_evento"},
    "archivo_revision": LECTURA,
    "aviso_previo_revision": {"bitacora_evento"},
    "como_la_persona": LECTURA,
    "constancia_revision": {"bitacora_evento"},
    "historia": LECTURA,
    "revision": LECTURA,
}


def _leer(tabla: str, columnas: tuple[str, ...]) -> Tabla:
    _, *filas = ([c.strip() for c in fila.strip("|").split("|")] for fila in tabla.strip().splitlines())
    return {
        (nombre, columna): celda
        for nombre, *celdas in filas
        for columna, celda in zip(columnas, celdas, strict=True)
    }


CON_GESTION = _leer(DE_LA_GESTION, tuple(MUNDOS))
SIN_GESTION = _leer(LAS_DEMAS, PAPELES)
