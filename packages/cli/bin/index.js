'use strict'
module.exports = require('./start.js').loadBundle()
