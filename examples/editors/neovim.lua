-- Neovim 0.11 or later.
vim.lsp.config("citecheck", {
  cmd = { "citecheck", "server" },
  filetypes = { "markdown", "quarto", "rmd", "tex", "plaintex", "bib", "rst", "text" },
  root_markers = { "citecheck.toml", ".citecheck.toml", "pyproject.toml", ".git" },
  init_options = { codeLens = true, inlayHints = false },
})
vim.lsp.enable("citecheck")
