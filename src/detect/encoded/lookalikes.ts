// Letters of other alphabets that look like Latin ones, or like digits.

const FROM = 'аеорсухіјѕԁһӏвкмнтгзбАВЕКМНОРСТУХІЈЅЗαβγεηικνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳƍÐԌѴⅼⅰⅴⅽⅾⅿⅹɡ'
const INTO = 'aeopcyxijsdhlbkmhtrz6ABEKMHOPCTYXIJS3abyenikvoptuxwABEZHIKMNOPTYXcjgDGVlivcdmxg'

export const LOOKALIKES: ReadonlyMap<string, string> = new Map(Array.from(FROM, (char, i) => [char, INTO[i] ?? char]))
