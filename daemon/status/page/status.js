// SPDX-License-Identifier: Apache-2.0
// Shows the state that the page came with, and each one that /events tells. Whatever comes from the
// daemon is set as text, never as HTML.
"use strict";

const retryAfter = 5000; // milliseconds

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children.filter((child) => child !== null));
  return made;
}

function fill(id, ...children) {
  document.getElementById(id).replaceChildren(...children);
}

function pill(kind, words) {
  return element("span", `pill ${kind}`, words);
}

function kindOf(device) {
  if (device.health !== "Healthy") return "bad";
  return device.problems.length > 0 ? "warn" : "good";
}

function gigatransfers(perSecond) {
  return `${perSecond / 1e9} GT/s`;
}

function linkText(link) {
  if (link === null) return null;
  if (link.width === 0 || link.transfersPerSecond === 0) return "down";
  const best = link.width < link.bestWidth || link.transfersPerSecond < link.bestTransfersPerSecond
    ? ` (best ×${link.bestWidth}, ${gigatransfers(link.bestTransfersPerSecond)})` : "";
  return `×${link.width}, ${gigatransfers(link.transfersPerSecond)}${best}`;
}

function errorsText(errors) {
  if (errors === null) return null;
  if (errors.correctable + errors.nonfatal + errors.fatal === 0) return "none";
  return `${errors.correctable} correctable, ${errors.nonfatal} non-fatal, ${errors.fatal} fatal`;
}

function driverText(device) {
  if (device.driver === null) return null;
  return `${device.driver} ${device.driverVersion ?? ""}`;
}

function holdersText(holders) {
  if (holders === null) return null;
  if (holders.length === 0) return "nobody";
  return holders.map((holder) => `${holder.namespace}/${holder.pod} (${holder.container})`).join(", ");
}

function details(rows) {
  const list = element("dl", "");
  for (const [name, value] of rows) {
    if (value === null || value === undefined) continue;
    list.append(element("dt", "", name), element("dd", "", String(value)));
  }
  return list;
}

function asSentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1) + (words.endsWith(".") ? "" : ".");
}

function deviceCard(device) {
  const kind = kindOf(device);
  const words = { good: "Healthy", warn: "Degraded", bad: "Unhealthy" }[kind];
  const problems = device.problems.map((problem) => {
    return element("p", `problem ${problem.severity}`, element("b", "mono", problem.reason),
      ` ${asSentence(problem.sentence)}`);
  });
  return element("article", `device ${kind}`,
    element("div", "top", element("b", "", device.id), pill(kind, words)),
    element("p", "model", device.node === null ? device.model : `${device.model}, ${device.node}`),
    ...problems,
    details([
      ["Resource", device.resource ?? "not offered"],
      ["Held by", holdersText(device.holders)],
      ["Driver", driverText(device)],
      ["Link", linkText(device.link)],
      ["NUMA node", device.numaNode],
      ["PCIe errors", errorsText(device.pcieErrors)],
      ["Power", device.powerState],
    ]));
}

function resourceRow(resource) {
  const streams = `${resource.streams} ${resource.streams === 1 ? "stream" : "streams"}`;
  return element("div", "row", element("b", "", resource.name),
    pill(resource.live ? "good" : "warn", resource.state), element("span", "quiet", streams));
}

// In local time, and in Sweden's format: 2026-01-31 17:05:09.
function eventLine(event) {
  const at = new Date(event.at);
  const time = element("time", "", at.toLocaleString("sv-SE"));
  time.dateTime = at.toISOString();
  return element("li", "", time, element("span", event.problem ? "bad" : "", event.sentence));
}

function figure(value, of, words) {
  const number = element("b", "", String(value));
  if (of !== null) number.append(element("small", "", ` of ${of}`));
  return element("div", "figure", number, element("span", "", words));
}

function summary(state) {
  const healthy = state.devices.filter((device) => device.health === "Healthy").length;
  const live = state.resources.filter((resource) => resource.live).length;
  const figures = [
    figure(healthy, state.devices.length, healthy === 1 ? "chip is healthy" : "chips are healthy"),
  ];
  if (state.devices.some((device) => device.holders !== null)) {
    const held = state.devices.filter((device) => device.holders?.length > 0).length;
    figures.push(figure(held, state.devices.length, held === 1 ? "chip is in use" : "chips are in use"));
  }
  figures.push(figure(live, state.resources.length, live === 1 ? "resource is registered" : "resources are registered"));
  figures.push(figure(state.cdiCurrent ? "current" : "out of date", null, "CDI file"));
  return figures;
}

function orHint(nodes, words) {
  return nodes.length > 0 ? nodes : [element("p", "hint", words)];
}

function show(state) {
  const healthy = state.devices.filter((device) => device.health === "Healthy").length;
  document.title = `${healthy} of ${state.devices.length} healthy · ${state.host} · hailo-device-plugin`;
  fill("version", state.version);
  fill("host", `${state.host} · `, state.ready ? "ready" : "not ready: the kubelet does not listen to every resource");
  fill("summary", ...summary(state));
  fill("devices", ...orHint(state.devices.map(deviceCard), "There is no Hailo chip on this machine."));
  fill("resources", ...state.resources.map(resourceRow));
  fill("events", ...(state.events.length > 0 ? state.events.map(eventLine)
    : [element("li", "quiet", "Nothing has happened yet.")]));
}

function showLive(kind, words) {
  const live = document.getElementById("live");
  live.className = `pill ${kind}`;
  live.textContent = words;
}

function listen() {
  const source = new EventSource("events");
  source.onopen = () => showLive("good", "live");
  source.onmessage = (message) => show(JSON.parse(message.data));
  source.onerror = () => {
    showLive("bad", "not connected");
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, retryAfter);
  };
}

show(JSON.parse(document.getElementById("state").textContent));
listen();
