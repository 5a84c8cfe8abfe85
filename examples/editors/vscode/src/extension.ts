// Starts `citecheck server` and lets the editor speak to it. Everything about citations is the server's.

import { commands, ExtensionContext, window, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { findProgram, onEnvironmentChange } from "./program";

const LANGUAGES = ["markdown", "quarto", "rmd", "mdx", "latex", "tex", "bibtex", "restructuredtext", "plaintext"];
const SCHEMES = ["file", "untitled"];
const INSTALL = "https://pip.pypa.io/en/stable/cli/pip_install/";

let client: LanguageClient | undefined;
let pending: Promise<void> = Promise.resolve();

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("citecheck.restart", restart),
    workspace.onDidGrantWorkspaceTrust(() => restart()),
    workspace.onDidChangeConfiguration((change) => (change.affectsConfiguration("citecheck") ? restart() : undefined)),
  );
  await restart();
  const listening = await onEnvironmentChange(() => void restart());
  if (listening) {
    context.subscriptions.push(listening);
  }
}

export function deactivate(): Promise<void> {
  pending = pending.then(stop);
  return pending;
}

/** Starts the server again; one after the other, however often it is wanted. */
function restart(): Promise<void> {
  pending = pending.then(stop).then(start).catch(tell);
  return pending;
}

async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose().catch(() => undefined);
}

async function start(): Promise<void> {
  const program = await findProgram();
  if (!program) {
    void offerHelp();
    return;
  }
  const settings = workspace.getConfiguration("citecheck");
  client = new LanguageClient("citecheck", "citecheck", program, {
    documentSelector: SCHEMES.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language }))),
    initializationOptions: {
      codeLens: settings.get<boolean>("codeLens", true),
      inlayHints: settings.get<boolean>("inlayHints", false),
    },
  });
  await client.start();
}

async function offerHelp(): Promise<void> {
  const help = "How to install";
  const words = "citecheck is not found. Install it with: pip install 'citecheck-lint[lsp]', or set citecheck.path.";
  if ((await window.showWarningMessage(words, help)) === help) {
    await commands.executeCommand("vscode.open", INSTALL);
  }
}

function tell(error: unknown): void {
  void window.showErrorMessage(`citecheck could not be started: ${error instanceof Error ? error.message : error}`);
}
