#!/usr/bin/env node
import '../dist/host/proxy/main.js'
