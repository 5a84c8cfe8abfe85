// Which program is run: the one that is set, that of the selected Python environment, or the one on PATH.

import { existsSync, statSync } from "fs";
import * as path from "path";
import { extensions, Uri, workspace } from "vscode";

/** A program to run, with the words that start the server. */
export interface Program {
  command: string;
  args: string[];
}

/** What the Python extension tells others: the part that is used. */
interface PythonApi {
  environments: {
    getActiveEnvironmentPath(resource?: Uri): { path: string };
    resolveEnvironment(path: unknown): Promise<{ executable: { uri?: Uri } } | undefined>;
    onDidChangeActiveEnvironmentPath(listener: () => void): { dispose(): void };
  };
}

const NAME = process.platform === "win32" ? "citecheck.exe" : "citecheck";

/** The program, or undefined where none is found. A workspace that is not trusted has no say in it. */
export async function findProgram(): Promise<Program | undefined> {
  const set = workspace.getConfiguration("citecheck").get<string>("path", "").trim();
  if (set) {
    return server(set);
  }
  const found = (workspace.isTrusted ? await besidePython() : undefined) ?? onPath();
  return found ? server(found) : undefined;
}

/** Tells when another Python environment is selected. */
export async function onEnvironmentChange(listener: () => void): Promise<{ dispose(): void } | undefined> {
  return (await python())?.environments.onDidChangeActiveEnvironmentPath(listener);
}

function server(command: string): Program {
  return { command, args: ["server"] };
}

async function python(): Promise<PythonApi | undefined> {
  const extension = extensions.getExtension<PythonApi>("ms-python.python");
  if (!extension) {
    return undefined;
  }
  const api = await extension.activate();
  return api?.environments ? api : undefined;
}

/** The citecheck that is installed in the selected Python environment. */
async function besidePython(): Promise<string | undefined> {
  try {
    const api = await python();
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const environment = await api?.environments.resolveEnvironment(api.environments.getActiveEnvironmentPath(folder));
    const interpreter = environment?.executable.uri?.fsPath;
    return interpreter && existing(path.join(path.dirname(interpreter), NAME));
  } catch {
    return undefined;
  }
}

function onPath(): string | undefined {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    // A relative entry would be one of the opened folder.
    const found = path.isAbsolute(folder) ? existing(path.join(folder, NAME)) : undefined;
    if (found) {
      return found;
    }
  }
  return undefined;
}

function existing(file: string): string | undefined {
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}
