/**
 * Pieces that common passwords are made of, in lower case without diacritics.
 * Published lists (ten thousand and more entries) hold almost nothing of fifteen characters, and no
 * Vietnamese; what people do with a long minimum is to string such pieces together. So the list is of
 * pieces, short enough to be read and corrected here. See password.ts for what is done with them.
 */
export const COMMON_PIECES: readonly string[] = [
	// What passwords are called, here and elsewhere.
	...['password', 'passwd', 'passw0rd', 'matkhau', 'matma', 'mypassword', 'passphrase', 'secret'],
	...['mima', 'letmein', 'welcome', 'changeme', 'default', 'login', 'dangnhap', 'taikhoan'],
	// Keyboards and counting.
	...[
		'qwertyuiop',
		'qwerty',
		'qwert',
		'azerty',
		'asdfghjkl',
		'asdfgh',
		'asdf',
		'zxcvbnm',
		'zxcvbn'
	],
	...['1qaz2wsx', '1q2w3e4r', 'q1w2e3r4', 'qazwsx', 'abcdef', 'abcd', 'abc', 'iloveyou', 'aaaa'],
	// Roles, machines, and this house.
	...['administrator', 'admin', 'root', 'user', 'test', 'demo', 'guest', 'master', 'system'],
	...['canbo', 'lanhdao', 'vanphong', 'coquan', 'donvi', 'uyban', 'ubnd', 'chuyenvien', 'motcua'],
	...['quantrivien', 'quantri', 'hanhchinhcong', 'hanhchinh', 'phucvu', 'langnghe', 'hailong'],
	...['langson', 'dongdang', 'huunghi', 'tanthanh', 'cuakhau', 'bqlktck', 'hanoi', 'saigon'],
	...['hochiminh', 'vietnam', 'danang', 'bachnien', 'tphcm'],
	// Affection, luck and names everybody has.
	...[
		'anhyeuem',
		'emyeuanh',
		'yeuem',
		'yeuanh',
		'toiyeu',
		'yeunguoi',
		'love',
		'khongbiet',
		'conmeo'
	],
	...['nguyen', 'sunshine', 'princess', 'dragon', 'monkey', 'football', 'baseball', 'superman'],
	...['hello', 'xinchao', 'happy', 'computer', 'internet', 'google', 'facebook', 'zalo', 'samsung']
];
