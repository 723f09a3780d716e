// The client of `tuneloom lsp`, and a preview by `tuneloom page`.
"use strict";

const { execFile } = require("node:child_process");
const fs = require("node:fs/promises");
const os = require("node:os");
const path = require("node:path");
const { promisify } = require("node:util");

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const run = promisify(execFile);
const panels = new Map(); // by the address of the document that a panel shows
let client;

function command(...more) {
  const [program, ...first] = vscode.workspace.getConfiguration("tuneloom").get("command");
  return { command: program, args: [...first, ...more] };
}

async function start() {
  client = new LanguageClient("tuneloom", "Tuneloom", command("lsp"), {
    documentSelector: [{ language: "abc" }],
    synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/pyproject.toml") },
  });
  try {
    await client.start();
  } catch (error) {
    const help = "pip install 'tuneloom[lsp]', or set tuneloom.command";
    vscode.window.showErrorMessage(`The server of Tuneloom does not start: ${error.message}; ${help}`);
  }
}

async function restart() {
  await deactivate();
  await start();
}

/** The page of a document as it is in the editor, which need not be saved. */
async function pageOf(document) {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), "tuneloom-"));
  try {
    const book = path.join(folder, path.basename(document.fileName, ".abc") + ".abc");
    const page = path.join(folder, "page.html");
    await fs.writeFile(book, document.getText());
    const { command: program, args } = command("page", book, "-o", page);
    await run(program, args);
    return await fs.readFile(page, "utf8");
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

async function show(document, panel) {
  try {
    panel.webview.html = await pageOf(document);
  } catch (error) {
    vscode.window.showErrorMessage(`No page: ${(error.stderr || error.message).trim()}`);
  }
}

async function preview() {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== "abc") return;
  const address = document.uri.toString();
  let panel = panels.get(address);
  if (!panel) {
    const title = path.basename(document.fileName);
    const options = { enableScripts: true, retainContextWhenHidden: true };
    panel = vscode.window.createWebviewPanel("tuneloom", title, vscode.ViewColumn.Beside, options);
    panels.set(address, panel);
    panel.onDidDispose(() => panels.delete(address));
  }
  panel.reveal(undefined, true);
  await show(document, panel);
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("tuneloom.preview", preview),
    vscode.commands.registerCommand("tuneloom.restart", restart),
    vscode.workspace.onDidSaveTextDocument((document) => {
      const panel = panels.get(document.uri.toString());
      if (panel) return show(document, panel);
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("tuneloom.command")) return restart();
    }),
  );
  await start();
}

async function deactivate() {
  if (client?.isRunning()) await client.stop();
}

module.exports = { activate, deactivate };
