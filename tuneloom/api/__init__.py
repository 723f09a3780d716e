"""The functions of `import tuneloom`: what the commands do, with values in place of files and options."""
