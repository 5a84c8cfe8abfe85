-- Neovim 0.7 to 0.10.
local languages = { tex = "latex", plaintex = "latex", bib = "bibtex", rst = "restructuredtext", text = "plaintext" }

vim.api.nvim_create_autocmd("FileType", {
  pattern = { "markdown", "quarto", "rmd", "tex", "plaintex", "bib", "rst", "text" },
  callback = function(event)
    local above = vim.fn.finddir(".git", vim.fn.expand("%:p:h") .. ";")
    local root = above ~= "" and vim.fn.fnamemodify(above, ":p:h:h") or vim.fn.expand("%:p:h")
    local client = vim.lsp.start_client({
      name = "citecheck",
      cmd = { "citecheck", "server" },
      root_dir = root,
      init_options = { codeLens = true, inlayHints = false },
      get_language_id = function(_, filetype)
        return languages[filetype] or filetype
      end,
    })
    if client then
      vim.lsp.buf_attach_client(event.buf, client)
    end
  end,
})
