package com.onresolve.scriptrunner.db

/** Stand-in. */
class NoSuchDataSourceException extends RuntimeException {
    NoSuchDataSourceException(String message) {
        super(message)
    }
}
