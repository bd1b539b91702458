import { describe, expect, it } from "@jest/globals";
import { parseRemote } from "../../src/local/git-remote.ts";

describe("a git remote", () => {
  it.each([
    ["https://github.com/acme/assistant.git", "github.com"],
    ["https://github.com/acme/assistant", "github.com"],
    ["https://x-access-token:secret@GitHub.com/acme/assistant/", "github.com"],
    ["git@github.com:acme/assistant.git", "github.com"],
    ["ghe.example.com:acme/assistant", "ghe.example.com"],
    ["ssh://git@ghe.example.com:2222/acme/assistant.git", "ghe.example.com"],
  ])("%s", (url, host) => {
    expect(parseRemote(url)).toEqual({ host, owner: "acme", name: "assistant" });
  });

  it.each([
    "",
    "/srv/git/assistant.git",
    "../assistant",
    "file:///srv/acme/assistant",
    "https://github.com/acme",
    "https://github.com/a/b/c",
    "git@github.com:acme/assi stant",
  ])("%j names no repository", (url) => {
    expect(parseRemote(url)).toBeNull();
  });
});
