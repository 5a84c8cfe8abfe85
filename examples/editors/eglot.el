;;; Emacs with eglot, which is part of Emacs since version 29.
(require 'eglot)
(add-to-list 'eglot-server-programs
             '((markdown-mode gfm-mode latex-mode tex-mode bibtex-mode rst-mode text-mode)
               . ("citecheck" "server" :initializationOptions (:codeLens t :inlayHints :json-false))))
;; (add-hook 'markdown-mode-hook #'eglot-ensure)
