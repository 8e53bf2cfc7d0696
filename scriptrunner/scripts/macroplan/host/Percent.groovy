package macroplan.host

import groovy.transform.CompileStatic

/** Percent-encoded UTF-8, without zero bytes: nothing behind us can hold one. Anything else is a 400. */
@CompileStatic
final class Percent {
    static String decoded(String text) {
        // Nearly all that is ever asked.
        String read = text.indexOf('%') < 0 ? text : decodedBytes(text)
        if (read.indexOf(0) >= 0) throw Problem.badRequest('This address holds a zero byte.')
        return read
    }

    private static String decodedBytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()
        int at = 0
        while (at < text.length()) {
            char one = text.charAt(at)
            if (one == ('%' as char)) {
                bytes.write(byteAt(text, at + 1))
                at += 3
            } else {
                byte[] plain = Character.toString(text.codePointAt(at)).getBytes('UTF-8')
                bytes.write(plain, 0, plain.length)
                at += Character.charCount(text.codePointAt(at))
            }
        }
        String read = Utf8.decoded(bytes.toByteArray())
        if (read == null) throw Problem.badRequest('This address is not properly encoded.')
        return read
    }

    private static int byteAt(String text, int at) {
        String digits = text.length() < at + 2 ? '' : text.substring(at, at + 2)
        if (!(digits ==~ /[0-9A-Fa-f]{2}/)) throw Problem.badRequest('This address is not properly encoded.')
        return Integer.parseInt(digits, 16)
    }
}
