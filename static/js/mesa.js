/**
 * The desk, faster: everything here is also done by the server, page by page.
 * Listeners hang from the document, so what is swapped in needs no wiring.
 */
const TECLAS = "mesa-teclas";
const raiz = () => document.querySelector("[data-revision]");
const abierto = () => raiz()?.querySelector("[data-lugar][open]");

// --- Copy what was typed before a conflict -----------------------------------------------------------
document.querySelectorAll("[data-copiar]").forEach((boton) => {
  boton.hidden = false;
  boton.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(boton.dataset.copiar).value);
    boton.textContent = boton.dataset.listo;
  });
});

// --- The case follows its three parts until somebody edits it ------------------------------------------
function componer(formulario) {
  const partes = [...formulario.querySelectorAll(".tercios select")].map((s) => s.value).filter(Boolean);
  const texto = formulario.querySelector("textarea[name$=texto]");
  texto.value = texto.dataset.compuesto = partes.join(" ");
  return texto;
}
document.addEventListener("change", ({ target }) => {
  if (!target.matches(".tercios select")) return;
  const texto = target.form.querySelector("textarea[name$=texto]");
  if (!texto.value.trim() || texto.value === texto.dataset.compuesto) componer(target.form);
});
document.addEventListener("click", (evento) => {
  const boton = evento.target.closest("[data-componer]");
  if (!boton) return;
  evento.preventDefault();
  componer(boton.form).focus();
});

// --- Save a verdict and turn pages without leaving the page ------------------------------------------
const sinTocar = (lugar) => [...lugar.querySelectorAll("input, select, textarea")].every((c) =>
  c.type === "hidden" || (c.matches("select")
    ? [...c.options].every((o) => o.selected === o.defaultSelected || (!o.value && o.selected))
    : c.matches("[type=radio], [type=checkbox]") ? c.checked === c.defaultChecked : c.value === c.defaultValue));

/** The places that came anew, but for those where something was typed: these only learn the version. */
function cambiarLugares(nueva, guardado) {
  nueva.querySelectorAll("[data-lugar]").forEach((lugar) => {
    const viejo = raiz().querySelector(`[data-lugar="${lugar.dataset.lugar}"]`);
    if (lugar.dataset.lugar === guardado || sinTocar(viejo)) return viejo.replaceWith(lugar);
    const version = lugar.querySelector("[name$=version]");
    if (version) viejo.querySelector("[name$=version]").value = version.value;
    viejo.open = lugar.open;
  });
}
function cambiarVisor(nueva) {
  const [viejo, visor] = [raiz(), nueva].map((n) => n.querySelector("[data-visor]"));
  if (viejo && visor && viejo.outerHTML !== visor.outerHTML) viejo.replaceWith(visor);
  nombrarVisto();
}
/** Each verdict says, beside its buttons and to the server, which file is on view. */
function nombrarVisto() {
  const visor = raiz()?.querySelector("[data-visor]");
  if (!visor) return;
  const nombre = [visor.querySelector("b"), visor.querySelector("[data-nombre]")].map((e) => e.textContent).join(", ");
  raiz().querySelectorAll("[data-visto]").forEach((campo) => { campo.value = visor.dataset.documento; });
  raiz().querySelectorAll("[data-a-la-vista]").forEach((texto) => { texto.textContent = nombre; });
  raiz().querySelectorAll("[data-traer]").forEach((enlace) => {
    enlace.hidden = enlace.closest("[data-lugar]").dataset.lugar === visor.dataset.lugarVisto;
  });
}
// The browser gives back what was typed, and with it what this script had written of another file.
addEventListener("pageshow", nombrarVisto);

// --- The address says which row is open: going back to the page finds it as it was ---------------------
const alLlegar = abierto();
document.addEventListener("toggle", ({ target }) => {
  const direccion = new URL(location);
  const sabida = target === alLlegar && !direccion.searchParams.has("abrir");
  if (!raiz()?.contains(target) || !target.matches("[data-lugar]") || !target.open || sabida) return;
  direccion.search = new URLSearchParams({ abrir: target.dataset.lugar });
  history.replaceState(null, "", direccion);
}, true);

// --- A row that is opened, however it is, brings its own newest file -----------------------------------
let trayendo = Promise.resolve();
document.addEventListener("toggle", ({ target }) => {
  const visor = raiz()?.querySelector("[data-visor]");
  if (!visor || !target.matches("[data-abrir]") || !target.open || visor.dataset.lugarVisto === target.dataset.lugar) return;
  trayendo = traer(target.dataset.abrir)
    .then(([nueva]) => abierto()?.dataset.lugar === target.dataset.lugar && cambiarVisor(nueva))
    .catch(nombrarVisto); // what stays on view is named, and the server takes no verdict on another
}, true);
function cambiarDecision(documento) {
  const motivo = document.getElementById("id_motivo")?.value;
  const partes = "#avance, .lista progress, [data-decision], .ficha [name=version], #internos [name=version]";
  const [viejas, nuevas] = [document, documento].map((d) => d.querySelectorAll(partes));
  viejas.forEach((vieja, n) => nuevas[n] && vieja.replaceWith(nuevas[n]));
  const campo = document.getElementById("id_motivo");
  if (campo && motivo !== undefined) campo.value = motivo;
  mostrarTeclas();
}
async function traer(url, opciones) {
  const respuesta = await fetch(url, opciones);
  const documento = new DOMParser().parseFromString(await respuesta.text(), "text/html");
  const nueva = documento.querySelector("[data-revision]");
  if (!respuesta.ok || !nueva) throw new Error(respuesta.status);
  document.dispatchEvent(new Event("ceo:actividad"));
  return [nueva, documento];
}
document.addEventListener("submit", async (evento) => {
  const formulario = evento.target;
  if (!formulario.matches("[data-juicio]") || evento.defaultPrevented) return;
  evento.preventDefault();
  await trayendo;
  const datos = new FormData(formulario, evento.submitter);
  const lugar = formulario.closest("[data-lugar]").dataset.lugar;
  try {
    const [nueva, documento] = await traer(formulario.action, { method: "POST", body: datos });
    if (documento.querySelector("[data-resumen]")) throw new Error("Hay un problema");
    cambiarLugares(nueva, lugar);
    cambiarVisor(nueva);
    cambiarDecision(documento);
    abierto()?.querySelector("summary").focus();
    abierto()?.scrollIntoView({ block: "nearest" });
  } catch (error) {
    if (sinRespuesta(error)) decirSinRespuesta(formulario);
    else enviarSinGuion(formulario, datos); // the server's own page says what is wrong
  }
});
/** Whether no answer of the portal came: to send the form would leave a proxy's page in the place of what was typed. */
const sinRespuesta = ({ name, message }) => name === "TypeError" || message === "413" || Number(message) >= 500;
function decirSinRespuesta(formulario) {
  formulario.querySelector("[data-sin-respuesta]")?.remove();
  formulario.append(document.getElementById("sin-respuesta").content.cloneNode(true));
  document.dispatchEvent(new Event("ceo:reintento"));
}
function enviarSinGuion(formulario, datos) {
  const oculto = Object.assign(document.createElement("input"), { type: "hidden", name: "accion", value: datos.get("accion") });
  formulario.append(oculto);
  HTMLFormElement.prototype.submit.call(formulario);
}
document.addEventListener("click", async (evento) => {
  const enlace = evento.target.closest("a[data-ver]");
  if (!enlace || evento.ctrlKey || evento.metaKey || evento.shiftKey) return;
  evento.preventDefault();
  try {
    const [nueva] = await traer(enlace.href);
    cambiarVisor(nueva);
    document.getElementById("visor").focus({ preventScroll: matchMedia("(min-width: 68rem)").matches });
  } catch {
    location.assign(enlace.href);
  }
});

// --- Keys: J, K, V, O; off for whoever switches them off (WCAG 2.1.4) ----------------------------------
const teclasActivas = () => localStorage.getItem(TECLAS) !== "no";
function mostrarTeclas() {
  const ayuda = document.querySelector("[data-teclas]");
  if (!ayuda) return;
  ayuda.hidden = false;
  ayuda.querySelector("[data-teclas-cambiar]").textContent = teclasActivas() ? "Desactivar" : "Activar";
}
mostrarTeclas();
document.addEventListener("click", ({ target }) => {
  if (!target.matches("[data-teclas-cambiar]")) return;
  localStorage.setItem(TECLAS, teclasActivas() ? "no" : "si");
  mostrarTeclas();
});
function mover(paso) {
  const lugares = [...raiz().querySelectorAll("[data-lugar]")];
  const destino = lugares[lugares.indexOf(abierto()) + paso];
  if (!destino) return;
  destino.open = true;
  destino.querySelector("summary").focus();
}
function decidir(valor) {
  const radio = abierto()?.querySelector(`[name$=resultado][value=${valor}]`);
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (valor === "VERIFICADO") radio.form.requestSubmit(radio.form.querySelector("[value=guardar]"));
  else radio.form.querySelector(".tercios select").focus();
}
const ACTOS = { j: () => mover(1), k: () => mover(-1), v: () => decidir("VERIFICADO"), o: () => decidir("OBSERVADO") };
document.addEventListener("keydown", (evento) => {
  const acto = ACTOS[evento.key.toLowerCase()];
  const escribe = evento.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  if (!acto || escribe || evento.ctrlKey || evento.metaKey || evento.altKey || !raiz() || !teclasActivas()) return;
  evento.preventDefault();
  acto();
});
